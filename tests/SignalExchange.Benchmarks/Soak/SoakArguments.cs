using System.Globalization;

namespace SignalExchange.Benchmarks.Soak;

/// <summary>What was asked for behind "soak".</summary>
/// <param name="Minutes">How long it is to last; more than 0, 43,200 at most.</param>
/// <param name="CallsPerSecond">How many calls begin in a second, whatever becomes of them; more than 0, 100,000 at most.</param>
/// <param name="JsonFile">Where the report goes besides the screen; null for nowhere.</param>
internal sealed record SoakArguments(double Minutes, double CallsPerSecond, string? JsonFile)
{
    /// <summary>What is understood.</summary>
    public const string Usage =
        "Usage: soak [--minutes N] [--rate CALLS-A-SECOND] [--json OUT]; more than 0 and up to 43,200 minutes (30 days), more than 0 and up to 100,000 calls.";

    private const double MaxMinutes = 43_200;
    private const double MaxRate = 100_000;
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
                ["--minutes", var minutes, ..] => arguments with { Minutes = Parse(minutes, MaxMinutes) },
                ["--rate", var rate, ..] => arguments with { CallsPerSecond = Parse(rate, MaxRate) },
                ["--json", var file, ..] => arguments with { JsonFile = file },
                _ => throw new FormatException(Usage),
            };
        }

        return arguments;
    }

    private static double Parse(string text, double most) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most
            ? number
            : throw new FormatException(Usage);
}
