using System.Diagnostics;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Benchmarks.Processes;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Benchmarks.Ads.Serving;

/// <summary>What live templates cost a silo: the program that operators run, started on a database that holds them, and asked about ads.</summary>
/// <remarks>
/// Quotas are so wide that only the work counts; all else is as it is delivered: the access log, the pace of answers. Callers, client and server
/// share this machine's cores. Memory is the resident set, as the kernel counts it, after the index was built from the log and ads were asked about.
/// </remarks>
internal static class AdsServerBenchmark
{
    private const int Registered = 200;
    private const int ManyCallers = 8;
    private const double BytesInMebibyte = 1 << 20;

    /// <summary>Runs it.</summary>
    /// <param name="count">How many live templates there are.</param>
    public static async Task<Report> Run(int count)
    {
        var root = Directory.CreateTempSubdirectory("signalexchange-bench-").FullName;
        try
        {
            var keyFile = Path.Combine(root, "member.key.pem");
            BenchMember.MakeKey(keyFile);
            var empty = await Serve(Path.Combine(root, "empty"), keyFile, 0);
            var full = await Serve(Path.Combine(root, "full"), keyFile, count);
            return Report.Of(
                $"silo with {count} live templates",
                [.. IndexedTemplates.Measure(count), .. Named("no other template", empty), .. Named($"{count}", full)]
            );
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static IEnumerable<Measurement> Named(string templates, IEnumerable<Measurement> measured) =>
        measured.Select(it => it with { Name = $"{templates}, {it.Name}" });

    private static async Task<List<Measurement>> Serve(string folder, string keyFile, int count)
    {
        var known = await Fill(folder, keyFile, count);
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var begun = Stopwatch.GetTimestamp();
        await using var silo = await SiloProcess.Start(folder, address, ExchangeRole.WideQuotas);
        var started = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        using var member = await AdMember.Connect(address, keyFile);
        var next = 0;
        Task MatchKnown() => member.Match(known[Interlocked.Increment(ref next) % known.Count]);
        return
        [
            Measurement.Once("from start to ready", "s", started),
            Memory("resident when it is ready", silo),
            .. await MatchRounds.Measure("no match, 1 caller", silo, 1, () => member.Match(null)),
            .. await MatchRounds.Measure("a match, 1 caller", silo, 1, MatchKnown),
            .. await MatchRounds.Measure(
                $"no match, {ManyCallers} callers",
                silo,
                ManyCallers,
                () => member.Match(null)
            ),
            Memory("resident after that", silo),
        ];
    }

    private static async Task<IReadOnlyList<byte[]>> Fill(string folder, string keyFile, int count)
    {
        await using var server = await ExchangeServer.Start(folder, keyFile, ExchangeRole.WideQuotas);
        await TemplateFiller.Fill(server.App.Services, count, server.KeyId);
        using var member = await AdMember.Connect(server.Address, keyFile);
        return await member.Register(Registered);
    }

    private static Measurement Memory(string name, SiloProcess silo) =>
        Measurement.Once(name, "MiB", ProcessFacts.ResidentBytesOf(silo.Id) / BytesInMebibyte);
}
