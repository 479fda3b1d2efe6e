using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>What each change makes of how a log stands. Pure.</summary>
internal static class JournalChanges
{
    /// <summary>Adds records at the log's end.</summary>
    /// <exception cref="StaleStateException">The log ends elsewhere.</exception>
    public static JournalFrame Append(
        AccessLogLease lease,
        JournalState state,
        long firstIndex,
        IReadOnlyList<AccessLogRecord> records
    ) =>
        state.Extent.Size == firstIndex
            ? JournalFrame.Of(state with { Extent = state.Extent with { Size = firstIndex + records.Count } }, records)
            : throw new StaleStateException(
                $"Log '{lease.Log}' has {state.Extent.Size} entries; records for index {firstIndex} were not written."
            );

    /// <summary>Notes the published size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It shrinks, or passes the log's.</exception>
    public static JournalFrame MarkPublished(JournalState state, long size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, state.Extent.Published);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, state.Extent.Size);
        return JournalFrame.Of(state with { Extent = state.Extent with { Published = size } });
    }

    /// <summary>Lets records go; null when they are gone already.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not published.</exception>
    public static JournalFrame? Trim(JournalState state, long before)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(before, state.Extent.Published);
        return before <= state.Extent.First
            ? null
            : JournalFrame.Of(state with { Extent = state.Extent with { First = before } });
    }
}
