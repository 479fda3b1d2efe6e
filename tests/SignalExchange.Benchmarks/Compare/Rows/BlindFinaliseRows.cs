using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Processes;

namespace SignalExchange.Benchmarks.Compare.Rows;

/// <summary>What a platform does to make a token, one core each: our SDK against @cloudflare/voprf-ts in Node.</summary>
internal static class BlindFinaliseRows
{
    private const int Batch = 32;

    /// <summary>Runs them.</summary>
    public static async Task<IReadOnlyList<ComparedRow>> Run(CompareStage stage)
    {
        var ours = stage.Start(ChildRoles.BlindFinalise, "", isServer: false);
        var script = Path.Combine(AppContext.BaseDirectory, "Voprf", "voprf-ts.mjs");
        var node = stage.Keep(ChildProcess.Start("node", "node", [script, Prerequisites.NodeFolder]));
        await ours.Read<string>();
        await node.Read<string>();
        Contestant[] sides = [Side("ours", ours), Side("voprf-ts", node)];
        return await new Contest(sides, stage.Scale.Rounds).Run(rounds =>
            [
                ComparedRow.Of(
                    "VOPRF blind + finalise, batches of 32: voprf-ts",
                    "1/s",
                    [.. rounds.Rates("ours").Select(it => it * Batch)],
                    [.. rounds.Rates("voprf-ts").Select(it => it * Batch)],
                    Target.AtLeast(5)
                ),
            ]
        );

        Contestant Side(string name, ChildProcess child) =>
            new(name, () => child.Ask<LoadResult>(new LoadOrder(stage.Scale.Seconds, 0)));
    }
}
