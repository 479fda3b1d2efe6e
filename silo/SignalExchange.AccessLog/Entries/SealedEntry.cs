namespace SignalExchange.AccessLog.Entries;

/// <summary>A sealed detail and what its leaf will say of it; the leaf lacks only its time.</summary>
/// <param name="Key">Which key sealed it.</param>
/// <param name="SealedDetail">The sealed bytes.</param>
/// <param name="SealedDigest">Their digest.</param>
/// <param name="DetailDigest">The digest of what they hold.</param>
internal readonly record struct SealedEntry(KeyName Key, byte[] SealedDetail, byte[] SealedDigest, byte[] DetailDigest);
