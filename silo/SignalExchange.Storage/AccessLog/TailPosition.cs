namespace SignalExchange.Storage.AccessLog;

/// <summary>Where a row of a tail stands in its table: 15 bits of the log's number, 48 bits of its first index.</summary>
public static class TailPosition
{
    /// <summary>The first index that a position can't hold.</summary>
    public const long IndexLimit = 1L << IndexBits;

    private const int IndexBits = 48;

    /// <summary>Returns the row id.</summary>
    public static long Of(long log, long index) => (log << IndexBits) | index;

    /// <summary>Returns the index of a row id.</summary>
    public static long IndexOf(long position) => position & (IndexLimit - 1);
}
