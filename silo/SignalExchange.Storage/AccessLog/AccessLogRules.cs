namespace SignalExchange.Storage.AccessLog;

/// <summary>What every engine demands of an append before it looks at what it has stored.</summary>
public static class AccessLogRules
{
    /// <summary>Throws unless the records can be appended at the index.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are none, one is too large, or the index can't be.</exception>
    public static void CheckAppend(long firstIndex, IReadOnlyList<AccessLogRecord> records)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstIndex + records.Count, TailPosition.IndexLimit);
        ArgumentOutOfRangeException.ThrowIfZero(records.Count);
        foreach (var record in records)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Entry.Length, AccessLogRecord.MaxEntryBytes);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(
                record.SealedDetail.Length,
                AccessLogRecord.MaxSealedDetailBytes
            );
        }
    }
}
