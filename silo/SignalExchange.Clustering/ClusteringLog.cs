using Microsoft.Extensions.Logging;

namespace SignalExchange.Clustering;

internal static partial class ClusteringLog
{
    [LoggerMessage(1, LogLevel.Debug, "Silo could not confirm its view of the cluster this time.")]
    public static partial void PulseFailed(ILogger logger, Exception failure);

    [LoggerMessage(2, LogLevel.Information, "Silo is in touch: membership version {Version}, {Silos} active silos.")]
    public static partial void InTouch(ILogger logger, long version, int silos);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "Silo could not confirm its view of the cluster for {Limit}. It does no work for others until it has."
    )]
    public static partial void OutOfTouch(ILogger logger, TimeSpan limit);

    [LoggerMessage(4, LogLevel.Error, "A change of the membership was not followed. It is tried again in a second.")]
    public static partial void NotFollowed(ILogger logger, Exception failure);
}
