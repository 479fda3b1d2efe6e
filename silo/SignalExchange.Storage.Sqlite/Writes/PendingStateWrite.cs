namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>A grain's state that waits to be written; the result is whether the stored row was the expected one.</summary>
internal sealed class PendingStateWrite(
    string stateName,
    string grainId,
    ReadOnlyMemory<byte> payload,
    string? expectedETag,
    string newETag
) : PendingResult<bool>
{
    protected override WriteEffect Run(WriterConnection connection, out bool isWritten)
    {
        isWritten = connection.GrainStates.Write(stateName, grainId, payload.Span, expectedETag, newETag);
        return WriteEffect.Whole;
    }
}
