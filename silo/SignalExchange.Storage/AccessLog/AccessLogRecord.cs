namespace SignalExchange.Storage.AccessLog;

/// <summary>An entry as it is stored: the leaf of the tree, and the sealed detail beside it.</summary>
/// <param name="Entry">The leaf's bytes. At most <see cref="MaxEntryBytes"/>.</param>
/// <param name="SealedDetail">The sealed detail's bytes. At most <see cref="MaxSealedDetailBytes"/>.</param>
public readonly record struct AccessLogRecord(ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> SealedDetail)
{
    /// <summary>The largest leaf: what the two bytes of length in a bundle can say.</summary>
    public const int MaxEntryBytes = 65_535;

    /// <summary>The largest sealed detail: 1 MiB and what sealing adds.</summary>
    public const int MaxSealedDetailBytes = 1024 * 1024 + 64;
}
