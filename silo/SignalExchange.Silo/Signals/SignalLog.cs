using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Signals;

/// <summary>What is logged of signals. No token, key or content is a parameter here.</summary>
internal static partial class SignalLog
{
    [LoggerMessage(
        EventId = 1,
        Message = "A batch failed in {Items} of its items, of shard {Shard}, with {Reason}; the others go on."
    )]
    public static partial void ItemsFailed(
        ILogger logger,
        LogLevel level,
        Exception failure,
        int items,
        int shard,
        ErrorReason reason
    );
}
