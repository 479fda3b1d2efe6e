using Microsoft.Extensions.Logging;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Telemetry;

/// <summary>Everything that the SDK logs. No identifier, token or key is among the parameters.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(1, LogLevel.Debug, "The exchange shows {Keys} keys, {Active} of them active.")]
    public static partial void KeysFetched(ILogger logger, int keys, int active);

    [LoggerMessage(2, LogLevel.Information, "The key for {Type} is now that of epoch {Epoch}.")]
    public static partial void KeyRotated(ILogger logger, IndicatorType type, uint epoch);

    [LoggerMessage(
        3,
        LogLevel.Critical,
        "The exchange shows another public key for {Type}, epoch {Epoch}, than the one that is pinned. No token is made under it. Tell its operators."
    )]
    public static partial void PinMismatch(ILogger logger, IndicatorType type, uint epoch);

    [LoggerMessage(
        4,
        LogLevel.Critical,
        "An evaluation for {Type}, epoch {Epoch}, does not fit its key. No token was made of it. Tell the exchange's operators."
    )]
    public static partial void ProofInvalid(ILogger logger, IndicatorType type, uint epoch, Exception failure);

    [LoggerMessage(5, LogLevel.Debug, "The exchange is busy ({Reason}); the call waits {DelayMs} ms as told.")]
    public static partial void Waits(ILogger logger, ErrorReason reason, double delayMs);

    [LoggerMessage(
        6,
        LogLevel.Information,
        "The {Stream} stream broke: {Failure} {Batches} batches without an answer are sent again in {DelayMs} ms."
    )]
    public static partial void StreamBroke(ILogger logger, string stream, string failure, int batches, double delayMs);

    [LoggerMessage(
        7,
        LogLevel.Warning,
        "The platform's token cache failed; {Identifiers} identifiers are evaluated or not kept."
    )]
    public static partial void CacheFailed(ILogger logger, int identifiers, Exception failure);

    [LoggerMessage(8, LogLevel.Debug, "{Items} items that the exchange could not take just then are sent again.")]
    public static partial void ItemsRetried(ILogger logger, int items);
}
