namespace SignalExchange.Benchmarks.Simulation;

/// <summary>What was asked for behind "simulate".</summary>
/// <param name="JsonFile">Where the report goes besides the screen; null for nowhere.</param>
internal sealed record SimulateArguments(string? JsonFile)
{
    /// <exception cref="FormatException">They are not understood; the message says what is.</exception>
    public static SimulateArguments Parse(ReadOnlySpan<string> args) =>
        args switch
        {
            [] => new(JsonFile: null),
            ["--json", var file] => new(file),
            _ => throw new FormatException("Usage: simulate [--json OUT]"),
        };
}
