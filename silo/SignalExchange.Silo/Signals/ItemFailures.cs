using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Signals;

/// <summary>What became of an item whose write threw.</summary>
internal static class ItemFailures
{
    /// <summary>Logs a failure of some items of a shard, and returns what their caller is told of each.</summary>
    public static ItemError Note(Exception failure, Shard shard, int items, ILogger logger)
    {
        var reason = ReasonOf(failure);
        var level = reason == ErrorReason.Internal ? LogLevel.Error : LogLevel.Warning;
        SignalLog.ItemsFailed(logger, level, failure, items, shard.Number, reason);
        return new Refusal(reason).ToItemError();
    }

    // A call that was sent and not answered may have been done: the item's id, sent again, finds out. Not so where the
    // storage kept a grain from being activated at all.
    private static ErrorReason ReasonOf(Exception failure)
    {
        var reason = FailureReasons.Of(failure);
        return failure is TimeoutException || (failure is OrleansException && reason != ErrorReason.StorageUnavailable)
            ? ErrorReason.WriteConflict
            : reason;
    }
}
