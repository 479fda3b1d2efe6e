using System.Globalization;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Processes;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Benchmarks.Compare.Rows;

/// <summary>What a silo holds in memory, as the kernel counts it: the delivered program on a database that was filled before, after some checks.</summary>
internal static class MemoryRows
{
    private const double MostMebibytes = 600;

    // With fewer the limit says nothing.
    private const int Promised = 10_000_000;
    private const double BytesInMebibyte = 1024 * 1024;
    private const int Checks = 3;

    /// <summary>Runs them.</summary>
    public static async Task<IReadOnlyList<ComparedRow>> Run(CompareStage stage)
    {
        var folder = stage.NewFolder();
        await stage.StartExchange(new ExchangeSettings(folder, stage.KeyFile, stage.Scale.MemoryKnown));
        await stage.Clear();

        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        await using var silo = await SiloProcess.Start(folder, address);
        var load = await stage.StartLoad("memory", new(address, stage.KeyFile, stage.KeyId, LoadKind.Check, 100, 4));
        var mebibytes = new List<double>();
        for (var round = 0; round < Checks; round++)
        {
            await load.Run();
            mebibytes.Add(ProcessFacts.ResidentBytesOf(silo.Id) / BytesInMebibyte);
        }

        var known = stage.Scale.MemoryKnown.ToString("N0", CultureInfo.InvariantCulture);
        return
        [
            ComparedRow.Of(
                $"memory of a silo at {known} indicators: the limit",
                "MiB",
                mebibytes,
                [.. mebibytes.Select(_ => MostMebibytes)],
                stage.Scale.MemoryKnown >= Promised ? Target.AtMost(1) : null
            ),
        ];
    }
}
