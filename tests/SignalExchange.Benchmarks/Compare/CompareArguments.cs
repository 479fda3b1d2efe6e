namespace SignalExchange.Benchmarks.Compare;

/// <summary>What was asked for behind "compare".</summary>
/// <param name="IsQuick">Whether it is to take minutes, on two cores, rather than half an hour.</param>
/// <param name="JsonFile">Where the rows go besides the screen; null for nowhere.</param>
/// <param name="Only">The parts to run, by name; empty for all.</param>
internal sealed record CompareArguments(bool IsQuick, string? JsonFile, IReadOnlyList<string> Only)
{
    /// <summary>Gets what is understood.</summary>
    public static string Usage =>
        $"Usage: compare [--quick] [--json OUT] [--only PART,PART]; the parts are {string.Join(", ", CompareParts.Names)}.";

    /// <exception cref="FormatException">They are not understood; the message says what is.</exception>
    public static CompareArguments Parse(ReadOnlySpan<string> args)
    {
        var arguments = new CompareArguments(false, null, []);
        for (var rest = args; !rest.IsEmpty; )
        {
            (arguments, var taken) = rest switch
            {
                ["--quick", ..] => (arguments with { IsQuick = true }, 1),
                ["--json", var file, ..] => (arguments with { JsonFile = file }, 2),
                ["--only", var parts, ..] => (arguments with { Only = Known(parts.Split(',')) }, 2),
                _ => throw new FormatException(Usage),
            };
            rest = rest[taken..];
        }

        return arguments;
    }

    // A misspelt part would be a comparison that nobody misses.
    private static string[] Known(string[] parts) =>
        parts.FirstOrDefault(part => !CompareParts.Names.Contains(part)) is { } unknown
            ? throw new FormatException($"--only: there is no part '{unknown}'. {Usage}")
            : parts;
}
