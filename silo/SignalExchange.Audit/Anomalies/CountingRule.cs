using SignalExchange.Audit.Search;
using SignalExchange.Contracts;

namespace SignalExchange.Audit.Anomalies;

/// <summary>A rule that counts entries of one subject: so many within so long raise an alarm, and then silence for as long.</summary>
internal abstract class CountingRule : StatefulRule<CountState>
{
    public override TimeSpan Memory => Window;

    /// <summary>Gets over how long entries are counted.</summary>
    protected abstract TimeSpan Window { get; }

    /// <summary>Gets how many raise an alarm: 1 to 100.</summary>
    protected abstract int Threshold { get; }

    /// <summary>Gets whether alarms are about keys; else they are about members.</summary>
    protected virtual bool IsAboutKey => true;

    protected override Finding? Look(CountState state, AuditedEntry entry)
    {
        var window = (long)Window.TotalMilliseconds;
        state.Events.RemoveAll(it => it.Time <= entry.Time - window);
        if (state.Events.Count == Limits.MaxAlarmEntries)
        {
            state.Events.RemoveAt(0);
        }

        state.Events.Add(new(entry.Time, entry.Index));
        if (state.Events.Count < Threshold || entry.Time < state.QuietUntil)
        {
            return null;
        }

        state.QuietUntil = entry.Time + window;
        var indexes = state.Events.Select(it => it.Index).ToList();
        return new(indexes.Count, Threshold, indexes[0], indexes, IsAboutKey);
    }
}
