using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Benchmarks.Compare;
using SignalExchange.Storage.Sqlite.AccessLog;

namespace SignalExchange.Benchmarks.Log;

/// <summary>Entries a second of the access log from 512 callers, against bare appends of as many bytes in groups of the same size.</summary>
internal static class AppendComparison
{
    private const int Callers = 512;
    private const int Rounds = 7;

    // Version, time, retention, period and two digests; a format byte and a tag around the detail; its salt.
    private const int LeafBytes = 92;
    private const int SealBytes = 17;
    private const int SaltBytes = 18;

    /// <summary>Measures both.</summary>
    /// <param name="count">Entries a round and side, but for what does not divide into callers and groups.</param>
    public static async Task<IReadOnlyList<RoundPair>> Run(int count)
    {
        var folder = Directory.CreateTempSubdirectory("signalexchange-log-").FullName;
        try
        {
            await using var services = AppendBenchmark.NewServices(Path.Combine(folder, "log"));
            await services.GetRequiredService<SqliteAccessLogStore>().OpenAsync(CancellationToken.None);
            await services.GetRequiredService<AccessLogHost>().StartAsync(CancellationToken.None);
            using var bare = new BareAppends(Path.Combine(folder, "bare"));
            var pair = await Measure(services.GetRequiredService<LogWriter>(), bare, count);
            await services.GetRequiredService<AccessLogHost>().StopAsync(CancellationToken.None);
            return [pair];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<RoundPair> Measure(LogWriter writer, BareAppends bare, int count)
    {
        var entryBytes = LeafBytes + SealBytes + SaltBytes + AppendBenchmark.NewDetail().CalculateSize();
        var (ours, peer) = (new List<double>(), new List<double>());
        using var groups = new GroupCount();
        for (var round = -1; round < Rounds; round++)
        {
            var before = groups.Value;
            var (written, rate) = await Write(() => Append(writer, count));
            var group = (int)Math.Max(1, Math.Round((double)written / (groups.Value - before)));
            var (_, bareRate) = await Write(() => Task.Run(() => bare.Append(written, group, entryBytes)));
            if (round >= 0)
            {
                ours.Add(rate);
                peer.Add(bareRate);
            }
        }

        return new("access log: bare appends + SHA-256", "entries/s", ours, peer, Target.AtLeast(0.5));
    }

    private static async Task<int> Append(LogWriter writer, int count) =>
        (await AppendBenchmark.AppendAsync(writer, Callers, count)).Length;

    // By what was written: neither side writes exactly what it is asked for.
    private static async Task<(int Entries, double PerSecond)> Write(Func<Task<int>> append)
    {
        var begun = Stopwatch.GetTimestamp();
        var entries = await append();
        return (entries, entries / Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }
}
