using SignalExchange.AccessLog;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Keys;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Errors;

/// <summary>What callers, and the access log, are told of an exception that is no refusal.</summary>
internal static class FailureReasons
{
    /// <summary>Returns the reason.</summary>
    public static ErrorReason Of(Exception failure) =>
        failure switch
        {
            StorageUnavailableException => ErrorReason.StorageUnavailable,
            WriteQueueFullException => ErrorReason.WriteQueueFull,
            // An entry that a handler writes besides its call's own.
            AccessLogBusyException => ErrorReason.LogBusy,
            AccessLogUnavailableException => ErrorReason.LogUnavailable,
            // A silo that a grain lived on is gone, or goes: the next call finds the grain's new home.
            TimeoutException or OrleansMessageRejectionException or OperationCanceledException => ErrorReason.NotReady,
            // The folder of keys cannot be read, or changed: for now, or until somebody mends it.
            KeyStoreException => ErrorReason.NotReady,
            // A grain that could not be activated, here or on another silo: what kept it from that is inside.
            OrleansException { InnerException: { } why } => Of(why),
            _ => ErrorReason.Internal,
        };
}
