using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Peers;
using SignalExchange.Benchmarks.Processes;

namespace SignalExchange.Benchmarks.Compare.Rows;

/// <summary>One stream of new signals in batches of 1,000, each durable when it is answered, against bare inserts of the same bytes.</summary>
internal static class SubmitRows
{
    private const int Batch = 1_000;
    private const int BatchesUnderWay = 4;

    /// <summary>Runs them.</summary>
    public static async Task<IReadOnlyList<ComparedRow>> Run(CompareStage stage)
    {
        var exchange = await stage.StartExchange(stage.NewFolder());
        var settings = new BareInsertsSettings(stage.NewFolder() + ".db", Batch);
        var bare = stage.Start(ChildRoles.BareInserts, settings, isServer: true);
        await bare.Read<string>();
        Contestant[] sides =
        [
            await stage.StartLoad(
                "ours",
                new(exchange.Address, stage.KeyFile, stage.KeyId, LoadKind.SubmitStream, Batch, BatchesUnderWay)
            ),
            new("bare", () => bare.Ask<LoadResult>(new LoadOrder(stage.Scale.Seconds, stage.Scale.SubmitBatches))),
        ];
        return await new Contest(sides, stage.Scale.Rounds).Run(rounds =>
            [
                ComparedRow.Of(
                    "submit stream, SQLite: bare batched inserts",
                    "signals/s",
                    Signals(rounds.Rates("ours")),
                    Signals(rounds.Rates("bare")),
                    Target.AtLeast(0.5)
                ),
            ]
        );
    }

    private static double[] Signals(IEnumerable<double> batches) => [.. batches.Select(rate => rate * Batch)];
}
