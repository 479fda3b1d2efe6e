using System.Globalization;

namespace SignalExchange.Benchmarks.Harness;

/// <summary>What a benchmark found.</summary>
/// <param name="Subject">What it was about.</param>
/// <param name="Time">When it ended.</param>
/// <param name="Machine">On what.</param>
/// <param name="Measurements">The lines.</param>
internal sealed record Report(
    string Subject,
    DateTimeOffset Time,
    Machine Machine,
    IReadOnlyList<Measurement> Measurements
)
{
    /// <summary>Makes a report, now and here.</summary>
    public static Report Of(string subject, IReadOnlyList<Measurement> measurements) =>
        new(subject, TimeProvider.System.GetUtcNow(), Machine.Describe(), measurements);

    /// <summary>Writes it as a table in Markdown.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Subject}, {Time:yyyy-MM-dd HH:mm} UTC"));
        output.WriteLine(Machine);
        output.WriteLine();
        output.WriteLine($"| {"", -66} | {"median", 9} | {"least", 9} | {"most", 9} | unit  |");
        output.WriteLine(
            $"| {new string('-', 66)} | {new string('-', 8)}: | {new string('-', 8)}: | {new string('-', 8)}: | ----- |"
        );
        foreach (var it in Measurements)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {it.Name, -66} | {it.Median, 9:0.00} | {it.Least, 9:0.00} | {it.Most, 9:0.00} | {it.Unit, -5} |"
                )
            );
        }
    }

    /// <summary>Writes it to a file, for machines; to none when there is no name.</summary>
    public void Save(string? file) => ReportFile.Write(file, this);
}
