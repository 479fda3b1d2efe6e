namespace SignalExchange.Audit.Search;

/// <summary>Where the postings of a range of entries lie: kind, then the index without its last 18 bits.</summary>
internal static class PostingBucket
{
    /// <summary>Chunks in a bucket.</summary>
    public const int Chunks = 1 << (Shift - 14);

    private const int Shift = 18;
    private const int KindShift = 48;

    /// <summary>Returns the bucket of an entry.</summary>
    public static long Of(PostingKind kind, long index) => OfNumber(kind, NumberOf(index));

    /// <summary>Returns the bucket of a number within its kind.</summary>
    public static long OfNumber(PostingKind kind, long number) => ((long)kind << KindShift) | number;

    /// <summary>Returns the number of an entry's bucket within its kind.</summary>
    public static long NumberOf(long index) => index >> Shift;
}
