using SignalExchange.Benchmarks.ColdStart;
using SignalExchange.Benchmarks.Index;
using SignalExchange.Benchmarks.Log;
using SignalExchange.Benchmarks.Processes;
using SignalExchange.Benchmarks.Voprf;

namespace SignalExchange.Benchmarks.Compare;

/// <summary>A process in which both sides of some rows run, in turns: functions rather than servers.</summary>
internal static class RowsRole
{
    /// <summary>Plays the role.</summary>
    public static Task Play(RowsSettings settings) =>
        ParentLine.Serve<object, IReadOnlyList<RoundPair>>("ready", _ => Run(settings));

    private static async Task<IReadOnlyList<RoundPair>> Run(RowsSettings settings) =>
        settings.Part switch
        {
            RowsSettings.Index => IndexBenchmark.Compare(settings.Count),
            RowsSettings.ColdStart => await ColdStartComparison.Run(settings.Count),
            RowsSettings.Evaluation => VoprfComparison.Run(settings.Count),
            RowsSettings.Log => await AppendComparison.Run(settings.Count),
            _ => throw new FormatException($"There are no rows '{settings.Part}'."),
        };
}
