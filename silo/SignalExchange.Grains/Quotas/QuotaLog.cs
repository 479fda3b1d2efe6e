using Microsoft.Extensions.Logging;

namespace SignalExchange.Grains.Quotas;

/// <summary>What is logged of quotas.</summary>
internal static partial class QuotaLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Member {Member} asked about {Tokens} distinct tokens today with {Hits} distinct hits, fewer than {HitsPerMillion} in a million: it may be sweeping."
    )]
    public static partial void NearZeroHitRate(
        ILogger logger,
        string member,
        long tokens,
        long hits,
        long hitsPerMillion
    );

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "The storage is unavailable: member {Member} got {Granted} tokens that a crash would forget, {Unwritten} in all."
    )]
    public static partial void GrantedUnwritten(ILogger logger, string member, long granted, long unwritten);
}
