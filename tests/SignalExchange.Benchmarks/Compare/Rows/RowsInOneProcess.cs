using SignalExchange.Benchmarks.Processes;

namespace SignalExchange.Benchmarks.Compare.Rows;

/// <summary>Rows whose sides are functions, measured by a child; once more when their rounds lie too far apart.</summary>
internal static class RowsInOneProcess
{
    /// <summary>The index, its memory included.</summary>
    public static Task<IReadOnlyList<ComparedRow>> Index(CompareStage stage) =>
        SteadyRows.Run(() => RunOnce(new(RowsSettings.Index, stage.Scale.IndexTokens)));

    /// <summary>Filling the index from a snapshot.</summary>
    public static Task<IReadOnlyList<ComparedRow>> ColdStart(CompareStage stage) =>
        SteadyRows.Run(() => RunOnce(new(RowsSettings.ColdStart, stage.Scale.IndexTokens)));

    /// <summary>Appending to the access log.</summary>
    public static Task<IReadOnlyList<ComparedRow>> Log(CompareStage stage) =>
        SteadyRows.Run(() => RunOnce(new(RowsSettings.Log, stage.Scale.LogEntries)));

    /// <summary>The key holder's evaluation.</summary>
    public static Task<IReadOnlyList<ComparedRow>> Evaluation(CompareStage stage) =>
        SteadyRows.Run(() => RunOnce(new(RowsSettings.Evaluation, 32)));

    // A new process each time: a heap that was large once stays so.
    private static async Task<IReadOnlyList<ComparedRow>> RunOnce(RowsSettings settings)
    {
        await using var child = ChildProcess.Start(ChildRoles.Rows, settings, isServer: false);
        await child.Read<string>();
        var pairs = await child.Ask<RoundPair[]>("go");
        return [.. pairs.Select(pair => pair.ToRow())];
    }
}
