namespace SignalExchange.Benchmarks.Compare;

/// <summary>What becomes of rows whose rounds lie too far apart: they are run once more, and then stand, with their spread.</summary>
internal static class SteadyRows
{
    /// <summary>Runs rows.</summary>
    /// <param name="run">Runs them once.</param>
    public static async Task<IReadOnlyList<ComparedRow>> Run(Func<Task<IReadOnlyList<ComparedRow>>> run)
    {
        var rows = await run();
        return rows.Any(row => row.Spread > ComparedRow.MaxSpread) ? await run() : rows;
    }
}
