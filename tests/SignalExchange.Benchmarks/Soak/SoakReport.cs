using System.Globalization;
using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Soak;

/// <summary>What a soak found.</summary>
/// <param name="Machine">On what.</param>
/// <param name="Arguments">What was asked for.</param>
/// <param name="Samples">How the exchange did, from the beginning to the end.</param>
/// <param name="Calls">All calls.</param>
/// <param name="Memory">Whether its memory stayed what it was.</param>
internal sealed record SoakReport(
    Machine Machine,
    SoakArguments Arguments,
    IReadOnlyList<SoakSample> Samples,
    MixedInterval Calls,
    FlatVerdict Memory
)
{
    /// <summary>Makes a report, here and now.</summary>
    public static SoakReport Of(SoakArguments arguments, IReadOnlyList<SoakSample> samples, MixedInterval calls) =>
        new(
            Machine.Describe(),
            arguments,
            samples,
            calls,
            FlatVerdict.Of([.. samples.Select(it => it.ResidentMebibytes)])
        );

    /// <summary>Writes it as two tables in Markdown, and the verdict.</summary>
    public void Print(TextWriter output)
    {
        var culture = CultureInfo.InvariantCulture;
        output.WriteLine(Machine);
        output.WriteLine(
            string.Create(
                culture,
                $"{Arguments.Minutes:0.#} minutes at {Arguments.CallsPerSecond:0} calls a second; {Calls.Failed} failed, {Calls.Skipped} skipped."
            )
        );
        output.WriteLine();
        output.WriteLine("| call | answered | half below, ms | 99 % | 99.9 % | longest |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var it in Calls.Kinds)
        {
            output.WriteLine(
                string.Create(
                    culture,
                    $"| {it.Kind} | {it.Calls} | {it.P50:0.0} | {it.P99:0.0} | {it.P999:0.0} | {it.Max:0.0} |"
                )
            );
        }

        output.WriteLine();
        output.WriteLine(
            "| minute | resident, MiB | heap, MiB | allocated, MiB/s | collections 0/1/2 | activations | cores used | p99 of checks, ms |"
        );
        output.WriteLine("| ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |");
        for (var i = Step; i < Samples.Count; i += Step)
        {
            output.WriteLine(Line(Samples[i - Step], Samples[i]));
        }

        output.WriteLine();
        output.WriteLine($"Memory: {Memory}");
    }

    /// <summary>Writes it to a file, for machines; to none when there is no name.</summary>
    public void Save(string? file) => ReportFile.Write(file, this);

    private int Step => Math.Max(1, Samples.Count / 12);

    private static string Line(SoakSample before, SoakSample it)
    {
        const double BytesInMebibyte = 1024 * 1024;
        var seconds = (it.Minutes - before.Minutes) * 60;
        var allocated = (it.Server.AllocatedBytes - before.Server.AllocatedBytes) / BytesInMebibyte / seconds;
        var cores = (it.Server.CpuSeconds - before.Server.CpuSeconds) / seconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {it.Minutes:0.0} | {it.ResidentMebibytes:0} | {it.Server.ManagedBytes / BytesInMebibyte:0} | {allocated:0.0} | {string.Join('/', it.Server.Collections)} | {it.Server.Activations} | {cores:0.00} | {it.P99OfChecks:0.0} |"
        );
    }
}
