namespace SignalExchange.Benchmarks.Compare;

/// <summary>What the role that measures rows within one process takes.</summary>
/// <param name="Part">Which: index, cold-start, evaluation or log.</param>
/// <param name="Count">Of how many things.</param>
internal sealed record RowsSettings(string Part, int Count)
{
    public const string Index = "index";
    public const string ColdStart = "cold-start";
    public const string Evaluation = "evaluation";
    public const string Log = "log";
}
