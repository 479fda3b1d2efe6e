using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>Times of entries, in milliseconds since 1970.</summary>
internal static class EntryTime
{
    /// <summary>Returns when an entry was written.</summary>
    public static long Of(AccessLogEntry entry) => entry.Time.Seconds * 1000 + entry.Time.Nanos / 1_000_000;

    /// <summary>Returns the first millisecond that is not before a time.</summary>
    public static long AtOrAfter(Timestamp time) => time.Seconds * 1000 + (time.Nanos + 999_999) / 1_000_000;

    /// <summary>Returns the contract's form.</summary>
    public static Timestamp ToTimestamp(long milliseconds) =>
        Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
