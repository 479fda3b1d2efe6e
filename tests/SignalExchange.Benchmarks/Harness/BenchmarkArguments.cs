using System.Globalization;

namespace SignalExchange.Benchmarks.Harness;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Subject">The benchmark.</param>
/// <param name="Count">How many things it is about; null for its own default.</param>
/// <param name="JsonFile">Where the report goes besides the screen; null for nowhere.</param>
/// <param name="Engine">What keeps the exchange's data, where a benchmark leaves the choice.</param>
internal sealed record BenchmarkArguments(
    string Subject,
    int? Count = null,
    string? JsonFile = null,
    string Engine = "sqlite"
)
{
    public const string Usage =
        "Usage: SignalExchange.Benchmarks compare [--quick] [--json FILE], or soak [--minutes N], or simulate, or micro [--filter NAME], or index|cold-start|voprf|submit|log|log-checks|log-verify|telemetry|console|audit-search|ads-server|ads-sketch|cluster [--count N] [--json FILE], or submit --engine sqlite|postgres|azure, or ads ...";

    /// <exception cref="FormatException">They are not understood; the message says what is.</exception>
    public static BenchmarkArguments Parse(ReadOnlySpan<string> args)
    {
        var arguments = args is [var subject, ..] ? new BenchmarkArguments(subject) : null;
        for (var rest = args[Math.Min(1, args.Length)..]; !rest.IsEmpty; rest = rest[2..])
        {
            arguments = rest switch
            {
                ["--count", var count, ..] => arguments! with { Count = ParseCount(count) },
                ["--engine", "sqlite" or "postgres" or "azure", ..] => arguments! with { Engine = rest[1] },
                ["--json", var file, ..] => arguments! with { JsonFile = file },
                _ => throw new FormatException(Usage),
            };
        }

        return arguments ?? throw new FormatException(Usage);
    }

    private static int ParseCount(string text) =>
        int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new FormatException(Usage);
}
