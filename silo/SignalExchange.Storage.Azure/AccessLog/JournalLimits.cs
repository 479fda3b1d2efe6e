namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>From where on a journal goes on in another blob, so that what is trimmed can be deleted.</summary>
/// <param name="SegmentBytes">Bytes of a segment.</param>
/// <param name="SegmentFrames">Frames of a segment; the service takes 50,000 blocks in an append blob.</param>
internal sealed record JournalLimits(long SegmentBytes, int SegmentFrames)
{
    /// <summary>Those of production: a start reads a segment or two.</summary>
    public static readonly JournalLimits Default = new(64 * 1024 * 1024, 10_000);
}
