namespace SignalExchange.Storage.Postgres.GrainStates;

/// <summary>A state to be written.</summary>
/// <param name="Key">Which.</param>
/// <param name="Payload">The state.</param>
/// <param name="ExpectedETag">The ETag that the stored row has; null when there must be none.</param>
/// <param name="NextETag">The one that it gets.</param>
internal sealed record GrainStateChange(
    GrainStateKey Key,
    ReadOnlyMemory<byte> Payload,
    string? ExpectedETag,
    string NextETag
);
