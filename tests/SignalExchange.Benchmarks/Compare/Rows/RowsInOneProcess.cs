using SignalExchange.Benchmarks.Processes;

namespace SignalExchange.Benchmarks.Compare.Rows;

/// <summary>Rows whose sides are functions, measured by a child; once more when their rounds lie too far apart.</summary>
internal static class RowsInOneProcess
{
    /// <summary>The index, its memory included.</summary>
    public static Task<IReadOnlyList<ComparedRow>> Index(CompareStage stage) =>
        Run(stage, new(RowsSettings.Index, stage.Scale.IndexTokens));

    /// <summary>Filling the index from a snapshot.</summary>
    public static Task<IReadOnlyList<ComparedRow>> ColdStart(CompareStage stage) =>
        Run(stage, new(RowsSettings.ColdStart, stage.Scale.IndexTokens));

    /// <summary>Appending to the access log.</summary>
    public static Task<IReadOnlyList<ComparedRow>> Log(CompareStage stage) =>
        Run(stage, new(RowsSettings.Log, stage.Scale.LogEntries));

    /// <summary>The key holder's evaluation.</summary>
    public static Task<IReadOnlyList<ComparedRow>> Evaluation(CompareStage stage) =>
        Run(stage, new(RowsSettings.Evaluation, 32));

    private static async Task<IReadOnlyList<ComparedRow>> Run(CompareStage stage, RowsSettings settings)
    {
        var rows = await RunOnce(stage, settings);
        return rows.Any(row => row.Spread > ComparedRow.MaxSpread) ? await RunOnce(stage, settings) : rows;
    }

    // A new process each time: a heap that was large once stays so.
    private static async Task<IReadOnlyList<ComparedRow>> RunOnce(CompareStage stage, RowsSettings settings)
    {
        await using var child = ChildProcess.Start(ChildRoles.Rows, settings, isServer: false);
        await child.Read<string>();
        var pairs = await child.Ask<RoundPair[]>("go");
        return [.. pairs.Select(pair => pair.ToRow())];
    }
}
