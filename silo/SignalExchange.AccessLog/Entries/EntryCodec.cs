using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Entries;

/// <summary>The bytes of a leaf: protobuf with its fields in the order of their numbers, each there once, none unknown.</summary>
/// <remarks>What is hashed is the stored bytes, never what a decoder makes of them; a leaf that would be written otherwise is refused.</remarks>
internal static class EntryCodec
{
    /// <summary>The version that is written.</summary>
    public const uint Version = 1;

    /// <summary>The largest leaf, in bytes.</summary>
    public const int MaxBytes = 8 * 1024;

    // What it does not know is dropped, and then missing from the bytes that it would write.
    private static readonly MessageParser<AccessLogEntry> Parser = AccessLogEntry.Parser.WithDiscardUnknownFields(true);

    /// <summary>Returns the bytes of a leaf.</summary>
    /// <param name="sealedEntry">What was sealed.</param>
    /// <param name="unixMilliseconds">When it is written.</param>
    public static byte[] Encode(SealedEntry sealedEntry, long unixMilliseconds) =>
        new AccessLogEntry
        {
            Version = Version,
            Time = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds)),
            Retention = sealedEntry.Key.Retention,
            Period = (uint)sealedEntry.Key.Period.Number,
            SealedDigest = UnsafeByteOperations.UnsafeWrap(sealedEntry.SealedDigest),
            DetailDigest = UnsafeByteOperations.UnsafeWrap(sealedEntry.DetailDigest),
        }.ToByteArray();

    /// <summary>Reads a leaf.</summary>
    /// <returns>The leaf; null when the bytes are not one that this version writes.</returns>
    public static AccessLogEntry? TryDecode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return null;
        }

        try
        {
            var entry = Parser.ParseFrom(bytes);
            return IsWhole(entry) && bytes.SequenceEqual(entry.ToByteArray()) ? entry : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>Returns the key that sealed the detail of a leaf.</summary>
    public static KeyName KeyOf(AccessLogEntry entry) => new(new((int)entry.Period), entry.Retention);

    /// <summary>Returns when a leaf was written, in milliseconds since 1970.</summary>
    public static long UnixMilliseconds(AccessLogEntry entry) =>
        entry.Time.Seconds * 1000 + entry.Time.Nanos / 1_000_000;

    private static bool IsWhole(AccessLogEntry entry) =>
        entry
            is {
                Version: Version,
                Time: { Nanos: >= 0 and < 1_000_000_000 },
                Retention: LogRetention.Traffic or LogRetention.Administration,
                Period: <= int.MaxValue,
                SealedDigest.Length: EntryDigests.Size,
                DetailDigest.Length: EntryDigests.Size,
            }
        && entry.Time.Nanos % 1_000_000 == 0;
}
