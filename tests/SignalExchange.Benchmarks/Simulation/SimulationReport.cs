using System.Globalization;
using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Simulation;

/// <summary>What simulations came to, and what they rest on.</summary>
/// <param name="Machine">Where the costs were measured.</param>
/// <param name="Costs">The costs.</param>
/// <param name="Checks">The model against runs.</param>
/// <param name="Results">The scenarios.</param>
internal sealed record SimulationReport(
    Machine Machine,
    OperationCosts Costs,
    IReadOnlyList<ModelCheck> Checks,
    IReadOnlyList<ScenarioResult> Results
)
{
    /// <summary>Writes it in Markdown.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine(Machine);
        output.WriteLine();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Measured: a check {Costs.Check:0} us of a core and {Costs.Token:0.00} us a further token; a signal {Costs.Signal:0} us; a change in the index {Costs.Apply:0.0} us; a start {Costs.Rebuild:0.0} us an indicator; a lone signal durable within {Costs.Commit:0.0} ms; {Costs.BytesPerIndicator:0.0} bytes an indicator over {Costs.BaseMebibytes:0} MiB; {Costs.Idle:0.000} cores with nothing to do."
            )
        );
        output.WriteLine();
        output.WriteLine("| silos run | what | cores, predicted | measured | off by |");
        output.WriteLine("| ---: | --- | ---: | ---: | ---: |");
        WriteAll(Checks);
        output.WriteLine();
        WriteAll(Assumptions.Lines.Select(line => $"* {line}"));
        output.WriteLine();
        output.WriteLine(
            "| indicators | silos | busiest | check p99, ms | submit p99, ms | on every silo p99, ms | messages/s | accounts | memory, GiB | start from the log, min | lost at a death | check p99 then, ms | longest submit, s | holds with one less |"
        );
        output.WriteLine(
            "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | --- |"
        );
        WriteAll(Results);

        void WriteAll(IEnumerable<object> lines)
        {
            foreach (var line in lines)
            {
                output.WriteLine(line);
            }
        }
    }

    /// <summary>Writes it to a file, for machines; to none when there is no name.</summary>
    public void Save(string? file) => ReportFile.Write(file, this);
}
