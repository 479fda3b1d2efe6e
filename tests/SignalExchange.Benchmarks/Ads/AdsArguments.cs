using System.Globalization;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>What was asked for behind <c>ads</c>.</summary>
/// <param name="Data">The data file to evaluate.</param>
/// <param name="Gray">Its gray pairs; null for none.</param>
/// <param name="Json">Where the figures go besides the screen; null for nowhere.</param>
/// <param name="Draws">How many other draws of the functions are evaluated as well.</param>
/// <param name="Generate">How many templates to generate instead.</param>
/// <param name="Out">Where they go.</param>
internal sealed record AdsArguments(string? Data, string? Gray, string? Json, int? Draws, int? Generate, string? Out)
{
    public const string Usage =
        "Usage: SignalExchange.Benchmarks ads --data FILE [--gray FILE] [--json OUT] [--draws N]\n"
        + "       SignalExchange.Benchmarks ads --generate TEMPLATES --out FILE";

    /// <exception cref="FormatException">They are not understood; the message says what is.</exception>
    public static AdsArguments Parse(ReadOnlySpan<string> args)
    {
        var arguments = new AdsArguments(null, null, null, null, null, null);
        for (var rest = args; !rest.IsEmpty; rest = rest[2..])
        {
            arguments = rest switch
            {
                ["--data", var file, ..] => arguments with { Data = file },
                ["--gray", var file, ..] => arguments with { Gray = file },
                ["--json", var file, ..] => arguments with { Json = file },
                ["--draws", var count, ..] => arguments with { Draws = ParseCount(count) },
                ["--generate", var count, ..] => arguments with { Generate = ParseCount(count) },
                ["--out", var file, ..] => arguments with { Out = file },
                _ => throw new FormatException(Usage),
            };
        }

        var isEvaluation = arguments is { Data: not null, Generate: null, Out: null };
        var isGeneration =
            arguments is { Generate: not null, Out: not null, Data: null, Gray: null, Json: null, Draws: null };
        return isEvaluation || isGeneration ? arguments : throw new FormatException(Usage);
    }

    private static int ParseCount(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count is > 0 and <= 100_000
            ? count
            : throw new FormatException(Usage);
}
