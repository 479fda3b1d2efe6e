using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Peers;

namespace SignalExchange.Benchmarks.Compare.Rows;

/// <summary>Checks of 1,000 tokens against what a platform would build instead.</summary>
internal static class BatchRows
{
    private const int Batch = 1_000;
    private const int Callers = 16;

    /// <summary>Runs them.</summary>
    public static async Task<IReadOnlyList<ComparedRow>> Run(CompareStage stage)
    {
        var exchange = await stage.StartExchange(stage.Scale.Known);
        Contestant[] sides =
        [
            await Start("ours", exchange, TokenChoice.Unknown),
            await Start("1 % known", exchange, TokenChoice.OneInHundredKnown),
            await Start("Redis", await stage.StartPeer(PeerKind.Redis), TokenChoice.Unknown),
            await Start("PostgreSQL", await stage.StartPeer(PeerKind.Postgres), TokenChoice.Unknown),
            await Start("dictionary", await stage.StartPeer(PeerKind.Dictionary), TokenChoice.Unknown),
            await Start("warm grains", await stage.StartPeer(PeerKind.Grains), TokenChoice.FewUnknown),
            // In a process of its own: warm ones would carry its activations on their heap.
            await Start("cold grains", await stage.StartPeer(PeerKind.Grains), TokenChoice.AlwaysNew),
        ];
        return await new Contest(sides, stage.Scale.Rounds).Run(rounds =>
            [
                rounds.RateRow("batch check of 1,000: Redis, MGET", "ours", "Redis", Target.AtLeast(5)),
                rounds.RateRow("batch check of 1,000: PostgreSQL, = ANY($1)", "ours", "PostgreSQL", Target.AtLeast(15)),
                rounds.RateRow(
                    "batch check of 1,000: dictionary in process",
                    "ours",
                    "dictionary",
                    Target.AtLeast(0.8)
                ),
                rounds.RateRow(
                    "batch check of 1,000: a grain a token, cold",
                    "ours",
                    "cold grains",
                    Target.AtLeast(20)
                ),
                rounds.RateRow("batch check of 1,000: a grain a token, warm", "ours", "warm grains", Target.AtLeast(8)),
                rounds.RateRow("batch check, 1 % known: none known", "1 % known", "ours", Target.AtLeast(0.6)),
            ]
        );

        Task<Contestant> Start(string name, StagedServer server, TokenChoice tokens) =>
            stage.StartLoad(
                name,
                new(server.Address, stage.KeyFile, stage.KeyId, LoadKind.Check, Batch, Callers, tokens)
            );
    }
}
