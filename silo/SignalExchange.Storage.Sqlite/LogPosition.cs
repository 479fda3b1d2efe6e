namespace SignalExchange.Storage.Sqlite;

/// <summary>The row id of a log row: the shard in the upper bits, the last sequence in the lower 48.</summary>
/// <remarks>So a shard's rows lie side by side and in order. 48 bits last for 8,900 years of 1,000 changes a second.</remarks>
internal static class LogPosition
{
    private const int SequenceBits = 48;

    /// <summary>The last sequence that a shard can have.</summary>
    public const long MaxSequence = (1L << SequenceBits) - 1;

    /// <summary>Returns the row id.</summary>
    public static long Of(Shard shard, long sequence) => ((long)shard.Number << SequenceBits) | sequence;

    /// <summary>Returns the shard of a row id.</summary>
    public static Shard ShardOf(long position) => new((int)(position >> SequenceBits));

    /// <summary>Returns the sequence of a row id.</summary>
    public static long SequenceOf(long position) => position & MaxSequence;
}
