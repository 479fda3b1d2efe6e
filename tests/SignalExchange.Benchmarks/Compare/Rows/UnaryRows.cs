using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Peers;

namespace SignalExchange.Benchmarks.Compare.Rows;

/// <summary>A check of one unknown token, its entry in the access log on stable storage, against a method that does nothing.</summary>
internal static class UnaryRows
{
    private const int Callers = 64;

    /// <summary>Runs them.</summary>
    public static async Task<IReadOnlyList<ComparedRow>> Run(CompareStage stage)
    {
        var exchange = await stage.StartExchange(stage.Scale.Known);
        var empty = await stage.StartPeer(PeerKind.Empty);
        var bare = await stage.StartPeer(PeerKind.Bare);
        Contestant[] sides =
        [
            await stage.StartLoad("ours", Load(exchange, stage.KeyFile, 1)),
            await stage.StartLoad("empty", Load(empty, stage.KeyFile, 0)),
            await stage.StartLoad("bare", Load(bare, null, 0)),
        ];
        return await new Contest(sides, stage.Scale.Rounds).Run(rounds =>
            [
                rounds.RateRow("unary check: empty method, same door", "ours", "empty", Target.AtLeast(0.85)),
                ComparedRow.Of(
                    "unary check, 99 % below: empty method, same door",
                    "ms",
                    rounds.P99s("ours"),
                    rounds.P99s("empty"),
                    Target.AtMost(1.5)
                ),
                rounds.RateRow("unary check: empty method, no credentials (to inform)", "ours", "bare", null),
            ]
        );

        LoadSettings Load(StagedServer server, string? keyFile, int tokens) =>
            new(server.Address, keyFile, stage.KeyId, LoadKind.Check, tokens, Callers);
    }
}
