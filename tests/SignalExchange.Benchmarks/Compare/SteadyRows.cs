namespace SignalExchange.Benchmarks.Compare;

/// <summary>What becomes of rows whose rounds lie too far apart: they are run once more, and then stand, with their spread.</summary>
internal static class SteadyRows
{
    /// <summary>Runs rows.</summary>
    /// <param name="run">Runs them once, in the same order each time.</param>
    public static async Task<IReadOnlyList<ComparedRow>> Run(Func<Task<IReadOnlyList<ComparedRow>>> run)
    {
        var rows = await run();
        if (rows.All(IsSteady))
        {
            return rows;
        }

        var again = await run();
        return [.. rows.Zip(again, (first, second) => IsSteady(first) ? first : second)];
    }

    private static bool IsSteady(ComparedRow row) => row.Spread <= ComparedRow.MaxSpread;
}
