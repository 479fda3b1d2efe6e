namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>Where records of a log lie: a frame of its journal.</summary>
/// <param name="First">The index of the first of them.</param>
/// <param name="Count">How many.</param>
/// <param name="Place">The frame's beginning.</param>
/// <param name="Length">The frame's bytes.</param>
internal readonly record struct JournalRecords(long First, int Count, JournalPlace Place, int Length)
{
    /// <summary>Gets the index behind the last of them.</summary>
    public long End => First + Count;

    /// <summary>Gets the byte behind the frame.</summary>
    public long EndOffset => Place.Offset + Length;
}
