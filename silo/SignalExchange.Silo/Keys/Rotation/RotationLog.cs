using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Keys.Rotation;

/// <summary>What is logged of key rotations.</summary>
internal static partial class RotationLog
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "The rotation to {KeyId} is {Phase}: {Rows} rows re-keyed in {Batches} batches."
    )]
    public static partial void Entered(ILogger logger, string keyId, RotationPhase phase, ulong rows, ulong batches);

    [LoggerMessage(2, LogLevel.Error, "The rotation to {KeyId} stopped; it goes on where it was in {Pause}.")]
    public static partial void Failed(ILogger logger, Exception failure, string keyId, TimeSpan pause);

    [LoggerMessage(3, LogLevel.Error, "The rotation to {KeyId} was approved and cannot begin: {Reason}.")]
    public static partial void Refused(ILogger logger, string keyId, ErrorReason reason);

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "{Rows} rows were written under the old key after the one that follows, {KeyId}, was in force: by a silo that was behind. They have moved."
    )]
    public static partial void Stragglers(ILogger logger, string keyId, int rows);
}
