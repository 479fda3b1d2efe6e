using System.Globalization;
using SignalExchange.Benchmarks.Processes;

namespace SignalExchange.Benchmarks.Soak;

/// <summary>How the exchange did at one moment.</summary>
/// <param name="Minutes">When, since the calls began.</param>
/// <param name="Calls">The calls since the sample before; what failed and was skipped counts from the beginning.</param>
/// <param name="Server">What the exchange's process has used.</param>
internal sealed record SoakSample(double Minutes, MixedInterval Calls, ProcessFacts Server)
{
    private const double BytesInMebibyte = 1024 * 1024;

    /// <summary>Gets the exchange's resident set, in MiB.</summary>
    public double ResidentMebibytes => Server.ResidentBytes / BytesInMebibyte;

    /// <summary>Gets below what 99 % of the checks of one token were, in milliseconds.</summary>
    public double P99OfChecks => Calls.Kinds.First(it => it.Kind == MixedKind.CheckOne).P99;

    /// <summary>Returns it in one line.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Minutes, 6:0.0} min: {Calls.Answered, 6} calls, p99 of checks {P99OfChecks, 6:0.0} ms, resident {ResidentMebibytes, 6:0} MiB, heap {Server.ManagedBytes / BytesInMebibyte, 6:0} MiB, {Server.Activations} activations, collections {string.Join('/', Server.Collections)}"
        );
}
