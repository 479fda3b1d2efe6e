using SignalExchange.Tokens.Templates;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>How much processor time a sketch costs.</summary>
internal static class SketchTiming
{
    private const int WarmUps = 3;
    private const int Rounds = 15;

    /// <summary>Returns the microseconds an ad, of each round over all of them.</summary>
    public static IReadOnlyList<double> Measure(IReadOnlyList<AdRow> rows)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            Round(rows);
        }

        return [.. Enumerable.Range(0, rows.Count == 0 ? 0 : Rounds).Select(_ => Round(rows))];
    }

    private static double Round(IReadOnlyList<AdRow> rows)
    {
        var before = Environment.CpuUsage.TotalTime;
        var accepted = rows.Count(row => AdSketch.From(row.Text).IsAccepted);
        var after = Environment.CpuUsage.TotalTime;
        return accepted <= rows.Count ? (after - before).TotalMicroseconds / rows.Count : double.NaN;
    }
}
