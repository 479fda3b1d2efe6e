using System.Globalization;

namespace SignalExchange.Benchmarks.Simulation;

/// <summary>The model against a run of its like: what mixed calls at a fixed rate took of the processor.</summary>
/// <param name="Silos">Silos that ran.</param>
/// <param name="What">What they did.</param>
/// <param name="Predicted">Cores used, by the costs.</param>
/// <param name="Measured">Cores used.</param>
internal sealed record ModelCheck(int Silos, string What, double Predicted, double Measured)
{
    /// <summary>Returns it as a line of a table in Markdown.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {Silos} | {What} | {Predicted:0.000} | {Measured:0.000} | {(Predicted / Measured) - 1:+0 %;-0 %} |"
        );
}
