namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>A grain's state that waits to be removed; the result is whether the stored row was the expected one.</summary>
internal sealed class PendingStateClear(string stateName, string grainId, string? expectedETag) : PendingResult<bool>
{
    protected override WriteEffect Run(WriterConnection connection, out bool isCleared)
    {
        isCleared = connection.GrainStates.Clear(stateName, grainId, expectedETag);
        return WriteEffect.Whole;
    }
}
