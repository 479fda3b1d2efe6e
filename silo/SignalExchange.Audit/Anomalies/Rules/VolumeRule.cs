using System.Globalization;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies.Rules;

/// <summary>Far more than the member asks at this hour of the week: each hour is held against the same one of the weeks before.</summary>
/// <remarks>Measures the modified z-score in hundredths. Silent until there are four weeks of past.</remarks>
internal sealed class VolumeRule(AnomalyOptions options) : StatefulRule<VolumeState>
{
    private const long HoursAWeek = 168;
    private const int LeastWeeks = 4;
    private static readonly long MillisecondsAnHour = (long)TimeSpan.FromHours(1).TotalMilliseconds;

    public override AnomalyRule Rule => AnomalyRule.Volume;

    public override TimeSpan Memory => TimeSpan.FromDays(7 * (options.VolumeWeeks + 1));

    public override IEnumerable<string> SubjectsOf(AuditedEntry entry) =>
        entry is { IsAnswered: true, Detail.Asked: > 0, Actor.MemberId.Length: > 0 }
            ? [string.Create(CultureInfo.InvariantCulture, $"{entry.Actor.MemberId}/{HourOf(entry) % HoursAWeek}")]
            : [];

    protected override Finding? Look(VolumeState state, AuditedEntry entry)
    {
        var current = Count(state, entry);
        var past = Past(state, current.Hour);
        if (past.Count < LeastWeeks || current.Asked < options.VolumeMinAsked || state.ToldHour == current.Hour)
        {
            return null;
        }

        var score = (long)Math.Min(RobustScore.Of(current.Asked, past) * 100, long.MaxValue / 2);
        if (score < options.VolumeScoreHundredths)
        {
            return null;
        }

        state.ToldHour = current.Hour;
        return new(score, options.VolumeScoreHundredths, current.First, [.. state.Indexes], IsAboutKey: false);
    }

    private HourCount Count(VolumeState state, AuditedEntry entry)
    {
        var hour = HourOf(entry);
        state.FirstHour ??= hour;
        if (state.Hours.Count == 0 || state.Hours[^1].Hour != hour)
        {
            state.Hours.RemoveAll(it => it.Hour < hour - options.VolumeWeeks * HoursAWeek);
            state.Hours.Add(new(hour, entry.Index, 0));
            state.Indexes.Clear();
        }

        RecentIndexes.Push(state.Indexes, entry.Index);
        return state.Hours[^1] = state.Hours[^1] with { Asked = state.Hours[^1].Asked + entry.Detail.Asked };
    }

    // A week without traffic at this hour is a week of 0.
    private List<double> Past(VolumeState state, long current)
    {
        var past = new List<double>();
        var oldest = Math.Max(state.FirstHour!.Value, current - options.VolumeWeeks * HoursAWeek);
        for (var hour = current - HoursAWeek; hour >= oldest; hour -= HoursAWeek)
        {
            past.Add(state.Hours.Find(it => it.Hour == hour)?.Asked ?? 0);
        }

        return past;
    }

    private static long HourOf(AuditedEntry entry) => entry.Time / MillisecondsAnHour;
}
