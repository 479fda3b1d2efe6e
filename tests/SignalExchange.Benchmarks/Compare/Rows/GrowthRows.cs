using System.Globalization;
using SignalExchange.Benchmarks.Load;

namespace SignalExchange.Benchmarks.Compare.Rows;

/// <summary>The same batch of unknown tokens at indexes of different sizes, each in a silo of its own.</summary>
internal static class GrowthRows
{
    private const int Batch = 1_000;
    private const int Callers = 16;

    /// <summary>Runs them.</summary>
    public static async Task<IReadOnlyList<ComparedRow>> Run(CompareStage stage)
    {
        var sides = new List<Contestant>();
        foreach (var size in stage.Scale.Growth)
        {
            var exchange = await stage.StartExchange(indexOnly: size);
            sides.Add(
                await stage.StartLoad(
                    NameOf(size),
                    new(exchange.Address, stage.KeyFile, stage.KeyId, LoadKind.Check, Batch, Callers)
                )
            );
        }

        var smallest = NameOf(stage.Scale.Growth[0]);
        return await new Contest(sides, stage.Scale.Rounds).Run(rounds =>
            [
                .. stage
                    .Scale.Growth.Skip(1)
                    .Select(size =>
                        rounds.RateRow(
                            $"growth: batch check at {NameOf(size)}, at {smallest}",
                            NameOf(size),
                            smallest,
                            Target.AtLeast(0.85)
                        )
                    ),
            ]
        );
    }

    private static string NameOf(int size) => size.ToString("N0", CultureInfo.InvariantCulture);
}
