using System.Globalization;

namespace SignalExchange.Benchmarks.Soak;

/// <summary>What was asked for behind "soak".</summary>
/// <param name="Minutes">How long it is to last.</param>
/// <param name="CallsPerSecond">How many calls begin in a second, whatever becomes of them.</param>
/// <param name="JsonFile">Where the report goes besides the screen; null for nowhere.</param>
internal sealed record SoakArguments(double Minutes, double CallsPerSecond, string? JsonFile)
{
    private const string Usage = "Usage: soak [--minutes N] [--rate CALLS-A-SECOND] [--json OUT]";
    private const double DefaultMinutes = 60;
    private const double DefaultRate = 300;

    /// <exception cref="FormatException">They are not understood; the message says what is.</exception>
    public static SoakArguments Parse(ReadOnlySpan<string> args)
    {
        var arguments = new SoakArguments(DefaultMinutes, DefaultRate, null);
        for (var rest = args; !rest.IsEmpty; rest = rest[2..])
        {
            arguments = rest switch
            {
                ["--minutes", var minutes, ..] => arguments with { Minutes = ParsePositive(minutes) },
                ["--rate", var rate, ..] => arguments with { CallsPerSecond = ParsePositive(rate) },
                ["--json", var file, ..] => arguments with { JsonFile = file },
                _ => throw new FormatException(Usage),
            };
        }

        return arguments;
    }

    private static double ParsePositive(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException(Usage);
}
