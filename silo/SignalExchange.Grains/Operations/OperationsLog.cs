using Microsoft.Extensions.Logging;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Operations;

internal static partial class OperationsLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "The figures of the last minute could not be written: {Reason}. They are kept in memory and written with the next."
    )]
    public static partial void NotWritten(ILogger logger, ErrorReason reason);
}
