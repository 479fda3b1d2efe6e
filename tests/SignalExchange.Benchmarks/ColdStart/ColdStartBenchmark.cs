using System.Diagnostics;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Benchmarks.ColdStart;

/// <summary>How long the silo's process takes from nothing until it is ready, with so many indicators stored on SQLite.</summary>
/// <remarks>Processes end by SIGKILL, so that none leaves another snapshot than the first one did.</remarks>
internal static class ColdStartBenchmark
{
    private const int Rounds = 5;

    /// <summary>Runs it.</summary>
    /// <param name="count">The number of indicators.</param>
    public static async Task<Report> Run(int count)
    {
        var root = Directory.CreateTempSubdirectory("signalexchange-start-").FullName;
        try
        {
            var folder = Path.Combine(root, "data");
            await Fill(root, folder, count);
            var file = Path.Combine(folder, "index", "index.snapshot");
            var fromSnapshot = await Starts(folder, () => SnapshotFile.Forget(file));
            var reading = await Readings(file);
            var bytes = new FileInfo(file).Length;
            File.Delete(file);
            return Report.Of(
                $"cold start with {count} indicators on SQLite, process to ready",
                [
                    Measurement.Of("from a snapshot", "s", fromSnapshot),
                    Measurement.Of("from storage, no snapshot", "s", await Starts(folder, static () => { })),
                    Measurement.Of("reading the snapshot's file from the disk", "s", reading),
                    Measurement.Once("the snapshot's file", "MB", bytes / 1e6),
                ]
            );
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    // The host ends as an operator ends it, and leaves a snapshot.
    private static async Task Fill(string root, string folder, int count)
    {
        var keyFile = Path.Combine(root, "member.key.pem");
        BenchMember.MakeKey(keyFile);
        await using var server = await ExchangeServer.Start(folder, keyFile, []);
        await StoreFiller.Fill(server.App.Services, count, server.KeyId);
    }

    private static async Task<IReadOnlyList<double>> Starts(string folder, Action prepare)
    {
        var seconds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            prepare();
            var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
            var begun = Stopwatch.GetTimestamp();
            await using var silo = await SiloProcess.Start(folder, address);
            seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        return seconds;
    }

    private static async Task<IReadOnlyList<double>> Readings(string file)
    {
        var seconds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            SnapshotFile.Forget(file);
            var begun = Stopwatch.GetTimestamp();
            await SnapshotFile.Read(file);
            seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        return seconds;
    }
}
