using System.Diagnostics;
using SignalExchange.Benchmarks.Compare;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Benchmarks.Index;
using SignalExchange.Benchmarks.Load;
using SignalExchange.Index;
using SignalExchange.Silo.Hosting;
using SignalExchange.Storage;

namespace SignalExchange.Benchmarks.Simulation;

/// <summary>Measures what operations cost an exchange on its embedded engine.</summary>
/// <remarks>Processor time of the exchange's process alone, so that callers and other programs are not in it.</remarks>
internal static class CostMeasurement
{
    private const int Known = 300_000;
    private const int Applied = 1_000_000;
    private const double Micros = 1e6;

    // A round is to be long enough for the clock of a process, which counts in hundredths of a second.
    private const int SubmitBatches = 40;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    /// <summary>Measures.</summary>
    public static async Task<OperationCosts> Run()
    {
        await using var stage = new CompareStage(CompareScale.Quick with { SubmitBatches = SubmitBatches });
        var exchange = await stage.StartExchange();
        var empty = await exchange.Facts();
        var check = await Cost(stage, exchange, LoadKind.Check, tokens: 1, callers: 32);
        var batch = await Cost(stage, exchange, LoadKind.Check, tokens: 1_000, callers: 8);
        var token = (batch - check) / 999;
        var signal = await Cost(stage, exchange, LoadKind.SubmitStream, tokens: 100, callers: 4) / 100;
        var commit = await LoneSignal(stage, exchange);
        var (apply, bytes) = MeasureIndex();
        return new OperationCosts(
            check * Micros,
            token * Micros,
            signal * Micros,
            apply * Micros,
            await MeasureRebuild(stage) * Micros,
            commit,
            bytes,
            empty.ResidentBytes / Math.Pow(2, 20),
            await MeasureIdle(exchange)
        );
    }

    /// <summary>Returns the processor time of one call or batch in the exchange, in seconds: the median of rounds, once it is warm.</summary>
    private static async Task<double> Cost(
        CompareStage stage,
        StagedServer exchange,
        LoadKind kind,
        int tokens,
        int callers
    )
    {
        var load = await stage.StartLoad(
            $"{kind}",
            new(exchange.Address, stage.KeyFile, stage.KeyId, kind, tokens, callers)
        );
        return await WarmCost.Measure(async () =>
        {
            var before = await exchange.Facts();
            var result = await load.Run();
            return ((await exchange.Facts()).CpuSeconds - before.CpuSeconds) / result.Calls;
        });
    }

    private static async Task<double> MeasureIdle(StagedServer exchange)
    {
        var (before, begun) = (await exchange.Facts(), Stopwatch.GetTimestamp());
        await Task.Delay(Idle);
        return ((await exchange.Facts()).CpuSeconds - before.CpuSeconds) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static async Task<double> LoneSignal(CompareStage stage, StagedServer exchange)
    {
        var load = await stage.StartLoad(
            "lone",
            new(exchange.Address, stage.KeyFile, stage.KeyId, LoadKind.SubmitStream, Batch: 1, Callers: 1)
        );
        await load.Run();
        return (await load.Run()).P50;
    }

    private static (double ApplySeconds, double Bytes) MeasureIndex()
    {
        var shards = new ShardMap();
        var index = new LocalIndex(shards, TimeProvider.System);
        var filler = new IndexFiller(index, shards, IndexFiller.FarAway);
        filler.Add(TokenSet.Draw(Applied));
        var tokens = TokenSet.Draw(Applied);
        var nanoseconds = Timing.TimeOnce(() => filler.Add(tokens));
        return (nanoseconds / 1e9 / Applied, (double)index.MemoryBytes / index.Count);
    }

    private static async Task<double> MeasureRebuild(CompareStage stage)
    {
        var folder = stage.NewFolder();
        await using (var filling = new CompareStage(stage.Scale))
        {
            await filling.StartExchange(new ExchangeSettings(folder, filling.KeyFile, Known));
        }

        var empty = stage.NewFolder();
        await using (var filling = new CompareStage(stage.Scale))
        {
            await filling.StartExchange(new ExchangeSettings(empty, filling.KeyFile));
        }

        var (full, none) = (await CpuOfStart(folder), await CpuOfStart(empty));
        return Math.Max(0, full - none) / Known;
    }

    private static async Task<double> CpuOfStart(string folder)
    {
        await using var silo = await SiloProcess.Start(folder, new Uri($"http://127.0.0.1:{FreePort.Find()}"));
        using var process = Process.GetProcessById(silo.Id);
        return process.TotalProcessorTime.TotalSeconds;
    }
}
