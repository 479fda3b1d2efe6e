using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Keys;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage.Sqlite.AccessLog;

namespace SignalExchange.Benchmarks.Log;

/// <summary>What it costs a call to be logged: callers in this process, each waits for its receipt before its next entry.</summary>
/// <remarks>
/// A real folder below the working directory, each group on stable storage; tiles, bundles and checkpoints are published meanwhile.
/// Beside it, what one flush of the disk takes: a group can't be faster.
/// </remarks>
internal static class AppendBenchmark
{
    private const int Flushes = 300;
    private const double MillisecondsPerSecond = 1000;

    private static readonly int[] Callers = [1, 16, 64, 256, 512];

    /// <summary>Runs it.</summary>
    /// <param name="count">The entries for each number of callers.</param>
    public static async Task<Report> Run(int count)
    {
        var folder = Directory.CreateDirectory($"log-benchmark-{Environment.ProcessId}").FullName;
        try
        {
            List<Measurement> measurements = [MeasureFlush(folder)];
            await using var services = NewServices(folder);
            await services.GetRequiredService<SqliteAccessLogStore>().OpenAsync(CancellationToken.None);
            await services.GetRequiredService<AccessLogHost>().StartAsync(CancellationToken.None);
            var writer = services.GetRequiredService<LogWriter>();
            await AppendAsync(writer, 64, 20_000); // Warm.
            foreach (var callers in Callers)
            {
                // One caller is bound by the disk alone: fewer entries tell as much.
                measurements.AddRange(await MeasureAsync(writer, callers, callers == 1 ? count / 50 : count));
            }

            await services.GetRequiredService<AccessLogHost>().StopAsync(CancellationToken.None);
            return Report.Of($"log of {count} entries for each number of callers", measurements);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Makes a log in a folder, not started.</summary>
    internal static ServiceProvider NewServices(string folder) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton<ILogSecrets, ZeroSecrets>()
            .AddSqliteAccessLogStorage(options => options.Folder = folder)
            .AddAccessLog(options =>
            {
                options.Exchange = "benchmark";
                options.KeyFolder = Path.Combine(folder, "keys");
            })
            .BuildServiceProvider();

    private static Measurement MeasureFlush(string folder)
    {
        using var file = File.OpenHandle(Path.Combine(folder, "flush"), FileMode.Create, FileAccess.Write);
        var page = new byte[4096];
        var times = new List<double>();
        for (var i = 0; i < Flushes; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, page, (long)i * page.Length);
            RandomAccess.FlushToDisk(file);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return Measurement.Of("one page written and flushed", "ms", times);
    }

    private static async Task<IEnumerable<Measurement>> MeasureAsync(LogWriter writer, int callers, int count)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var begun = Stopwatch.GetTimestamp();
        var waits = await AppendAsync(writer, callers, count);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Array.Sort(waits);
        return
        [
            Measurement.Once($"{callers} callers, entries a second", "1/s", waits.Length / seconds),
            Measurement.Once($"{callers} callers, wait, half of them below", "ms", waits[waits.Length / 2]),
            Measurement.Once($"{callers} callers, wait, 99 % below", "ms", waits[(int)(waits.Length * 0.99)]),
            Measurement.Once($"{callers} callers, wait, 99.9 % below", "ms", waits[(int)(waits.Length * 0.999)]),
            Measurement.Once($"{callers} callers, allocated for an entry", "bytes", (double)bytes / waits.Length),
        ];
    }

    /// <summary>Appends entries from so many callers, and returns how long each waited, in milliseconds.</summary>
    internal static async Task<double[]> AppendAsync(LogWriter writer, int callers, int count)
    {
        var waits = await Task.WhenAll(
            Enumerable.Range(0, callers).Select(_ => Task.Run(() => AppendOneByOneAsync(writer, count / callers)))
        );
        return [.. waits.SelectMany(it => it)];
    }

    private static async Task<double[]> AppendOneByOneAsync(LogWriter writer, int count)
    {
        var waits = new double[count];
        for (var i = 0; i < count; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await writer.AppendAsync(NewDetail(), LogRetention.Traffic, CancellationToken.None);
            waits[i] = Stopwatch.GetElapsedTime(begun).TotalSeconds * MillisecondsPerSecond;
        }

        return waits;
    }

    // A check of one token without a hit: what most entries are.
    internal static AccessLogDetail NewDetail() =>
        new()
        {
            Actor = new()
            {
                Kind = ActorKind.Backend,
                MemberId = "benchmark",
                KeyThumbprint = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
                Source = SourceClass.Private,
                SourcePseudonym = Google.Protobuf.ByteString.CopyFrom(new byte[16]),
            },
            Method = "/signalexchange.v1.SignalService/Check",
            Purpose = CheckPurpose.Registration,
            RequestId = Google.Protobuf.ByteString.CopyFrom(new byte[16]),
            Asked = 1,
            AsOf =
            {
                new Position { Shard = 1, Sequence = 1_000_000 },
            },
            AskedDigest = Google.Protobuf.ByteString.CopyFrom(new byte[32]),
            AnswerDigest = Google.Protobuf.ByteString.CopyFrom(new byte[32]),
        };
}
