using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Audit.Search;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Benchmarks.Log;
using SignalExchange.Benchmarks.Submissions;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Benchmarks.Consoles;

/// <summary>How fast the console's overview lives with a long access log behind it, and what open consoles cost those who check.</summary>
/// <remarks>
/// The exchange is in this process, the browser in others, so this process's processor time is the server's. Fifty pages of a browser would take more of
/// a small machine than they cost the server, so their cost is told in processor time, beside what a check takes.
/// </remarks>
internal static class ConsoleBenchmark
{
    private const int Appenders = 256;
    private const int Rounds = 15;
    private const int OpenPages = 50;
    private const int Checks = 64_000;
    private const int Turns = 3;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(40);

    /// <summary>Runs it.</summary>
    /// <param name="entries">Entries of the access log.</param>
    public static async Task<Report> Run(int entries)
    {
        // Below the working folder: a log of ten million entries is larger than many a temporary folder.
        var folder = Directory.CreateDirectory($"console-benchmark-{Environment.ProcessId}").FullName;
        try
        {
            var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
            await using var exchange = await MeasuredExchange.Start(
                Path.Combine(folder, "data"),
                settings: ["--Exchange:ListenConsole", address.ToString()]
            );
            await Fill(exchange.Services, entries);
            await using var visitor = await ConsoleVisitor.SignIn(exchange.Services, address);
            return Report.Of(
                $"console: the overview with {entries} entries of the access log behind it",
                [.. await MeasureOverview(visitor), .. await MeasureOpenPages(exchange, visitor)]
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Fill(IServiceProvider services, int entries)
    {
        // A little fewer, where so many do not divide among the appenders.
        var appended = await AppendBenchmark.AppendAsync(services.GetRequiredService<LogWriter>(), Appenders, entries);
        var follower = services.GetRequiredService<SearchFollower>();
        while (follower.IndexedSize < appended.Length)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private static async Task<IEnumerable<Measurement>> MeasureOverview(ConsoleVisitor visitor)
    {
        var times = new List<double>();
        for (var round = -2; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            await using var page = await visitor.OpenOverview();
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        return [Measurement.Of("overview, from the address to figures that live", "ms", times)];
    }

    // A B A: checks alone, beside the pages, and alone again.
    private static async Task<IEnumerable<Measurement>> MeasureOpenPages(
        MeasuredExchange exchange,
        ConsoleVisitor visitor
    )
    {
        var idle = await ProcessorShare(Watched);
        var alone = await Load(exchange);
        var pages = new List<IAsyncDisposable>();
        for (var opened = 0; opened < OpenPages; opened++)
        {
            pages.Add(await visitor.OpenOverview());
        }

        var watched = await ProcessorShare(Watched);
        var beside = await Load(exchange);
        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }

        alone.AddRange(await Load(exchange));
        var cores = Environment.ProcessorCount;
        var perCheck = alone.Select(it => it.Processor / Checks).Order().ElementAt(alone.Count / 2);
        return
        [
            Measurement.Once("nobody watches: processor, of one core", "share", idle),
            Measurement.Once($"{OpenPages} open consoles: processor, of one core", "share", watched),
            Measurement.Once($"{OpenPages} open consoles: of all cores", "share", (watched - idle) / cores),
            Measurement.Of(
                "a check of one token, alone: processor",
                "us",
                alone.Select(it => it.Processor / Checks * 1e6)
            ),
            Measurement.Of(
                $"{OpenPages} open consoles beside checks: of all cores",
                "share",
                beside.Select(it => (it.Processor - (Checks * perCheck)) / it.Seconds / cores)
            ),
        ];
    }

    private static async Task<List<(double Processor, double Seconds)>> Load(MeasuredExchange exchange)
    {
        var loads = new List<(double, double)>();
        for (var turn = 0; turn < Turns; turn++)
        {
            var (begun, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await UnaryChecks.Measure(exchange, Checks);
            loads.Add(
                ((Environment.CpuUsage.TotalTime - before).TotalSeconds, Stopwatch.GetElapsedTime(begun).TotalSeconds)
            );
        }

        return loads;
    }

    private static async Task<double> ProcessorShare(TimeSpan span)
    {
        var (begun, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await Task.Delay(span);
        return (Environment.CpuUsage.TotalTime - before) / Stopwatch.GetElapsedTime(begun);
    }
}
