using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Shards;

/// <summary>What became of a write.</summary>
/// <param name="Sequence">The change's place in the shard's log; 0 if it was not written.</param>
/// <param name="Failure">Why it was not; <see cref="ErrorReason.Unspecified"/> if it was.</param>
/// <param name="LeavesStateUnknown">Whether the stored state may be another than the writer believes.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.shard-write-result")]
public readonly record struct ShardWriteResult(
    [property: Id(0)] long Sequence,
    [property: Id(1)] ErrorReason Failure,
    [property: Id(2)] bool LeavesStateUnknown
)
{
    /// <summary>The write is durable.</summary>
    public static ShardWriteResult Written(long sequence) => new(sequence, ErrorReason.Unspecified, false);

    /// <summary>Nothing was written, and the stored state is what the writer believes.</summary>
    public static ShardWriteResult Refused(ErrorReason reason) => new(0, reason, false);

    /// <summary>The stored state may be another than the writer believes: it has to read again.</summary>
    public static ShardWriteResult Conflict(ErrorReason reason = ErrorReason.WriteConflict) => new(0, reason, true);
}
