using System.Security.Cryptography;

namespace SignalExchange.Storage.AccessLog;

/// <summary>A row of a tail, as it is stored.</summary>
/// <param name="Position">The log and the first index, as <see cref="TailPosition"/> has it.</param>
/// <param name="Count">The records.</param>
/// <param name="Digest">What <see cref="TailRowCodec.Digest"/> gave when it was written.</param>
/// <param name="Records">Their bytes, as <see cref="TailRowCodec"/> draws them.</param>
public readonly record struct TailRow(
    long Position,
    int Count,
    ReadOnlyMemory<byte> Digest,
    ReadOnlyMemory<byte> Records
)
{
    /// <summary>Returns the records from an index on.</summary>
    /// <param name="log">The log's name, for what goes wrong.</param>
    /// <param name="index">An index that the row should hold.</param>
    /// <exception cref="AccessLogStoredWrongException">It does not hold it, or is damaged.</exception>
    public IEnumerable<AccessLogRecord> From(string log, long index)
    {
        var begin = TailPosition.IndexOf(Position);
        if (index < begin || index >= begin + Count)
        {
            throw Missing(log, index);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        TailRowCodec.Digest(Position, Count, Records.Span, digest);
        return digest.SequenceEqual(Digest.Span)
            ? TailRowCodec.Read(Records, Count).Skip((int)(index - begin))
            : throw new AccessLogStoredWrongException(
                $"The tail of log '{log}' is damaged between entries {begin} and {begin + Count - 1}: their checksum differs."
            );
    }

    /// <summary>Returns what to throw when there is no row for an index that the tail should hold.</summary>
    public static AccessLogStoredWrongException Missing(string log, long index) =>
        new($"The tail of log '{log}' has lost entry {index}.");
}
