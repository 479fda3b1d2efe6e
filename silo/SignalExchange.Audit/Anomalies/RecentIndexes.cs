using SignalExchange.Contracts;

namespace SignalExchange.Audit.Anomalies;

/// <summary>The last entries that a state has seen.</summary>
internal static class RecentIndexes
{
    /// <summary>Adds an entry, and drops the oldest beyond what an alarm lists.</summary>
    public static void Push(List<long> indexes, long index)
    {
        if (indexes.Count == Limits.MaxAlarmEntries)
        {
            indexes.RemoveAt(0);
        }

        indexes.Add(index);
    }

    /// <summary>Returns those from an entry on.</summary>
    public static List<long> From(IEnumerable<long> indexes, long first) => [.. indexes.Where(it => it >= first)];
}
