using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Errors;

/// <summary>What is logged of failed calls.</summary>
internal static partial class ErrorLog
{
    [LoggerMessage(1, LogLevel.Error, "Call {Method} failed with {Reason}.")]
    public static partial void CallFailed(ILogger logger, Exception failure, string method, ErrorReason reason);
}
