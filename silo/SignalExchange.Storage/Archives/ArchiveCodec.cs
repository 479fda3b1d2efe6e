using System.Buffers.Binary;
using System.Text;
using SignalExchange.Contracts;

namespace SignalExchange.Storage.Archives;

/// <summary>Records as bytes: what digests are made of, and what a backup's file holds. All numbers are little-endian.</summary>
/// <remarks>
/// <code>
/// state       text name, text grain, text etag, payload
/// log row     4 bytes shard, 8 first, 8 last, 16 commit, changes
/// indicator   32 bytes token, 8 version, state
/// access log  text name, 8 bytes epoch, 8 first, 8 size, 8 published
/// tail        text log, 8 bytes first index, 4 count, records
/// resource    text log, text path, content
/// </code>
/// A text is 4 bytes of length and UTF-8. A change of this drawing is a new format of backups.
/// </remarks>
public static class ArchiveCodec
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Writes a record's bytes.</summary>
    public static void Write(ArchiveRecord record, BinaryWriter writer)
    {
        switch (record)
        {
            case ArchivedState it:
                Write(writer, it.Name, it.GrainId, it.ETag);
                writer.Write(it.Payload.Span);
                break;
            case ArchivedLogRow it:
                writer.Write(it.Shard.Number);
                writer.Write(it.FirstSequence);
                writer.Write(it.LastSequence);
                writer.Write((ulong)it.CommitId);
                writer.Write((ulong)(it.CommitId >> 64));
                writer.Write(it.Changes.Span);
                break;
            case ArchivedIndicator it:
                writer.Write(it.Token.ToArray());
                writer.Write(it.Version);
                writer.Write(it.State.Span);
                break;
            case ArchivedAccessLog it:
                Write(writer, it.Log);
                writer.Write(it.Epoch);
                writer.Write(it.Extent.First);
                writer.Write(it.Extent.Size);
                writer.Write(it.Extent.Published);
                break;
            case ArchivedTail it:
                Write(writer, it.Log);
                writer.Write(it.FirstIndex);
                writer.Write(it.Count);
                writer.Write(it.Records.Span);
                break;
            case ArchivedResource it:
                Write(writer, it.Log, it.Path);
                writer.Write(it.Content.Span);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(record), record.Kind, "A kind that is not listed here.");
        }
    }

    /// <summary>Reads a record back.</summary>
    /// <exception cref="StorageFormatException">It is of no kind that this version knows, or not whole.</exception>
    public static ArchiveRecord Read(ArchiveKind kind, ReadOnlyMemory<byte> bytes)
    {
        var rest = bytes;
        try
        {
            return kind switch
            {
                ArchiveKind.State => new ArchivedState(Text(ref rest), Text(ref rest), Text(ref rest), rest),
                ArchiveKind.LogRow => new ArchivedLogRow(
                    new((int)Number(ref rest, sizeof(int))),
                    Number(ref rest),
                    Number(ref rest),
                    CommitId(ref rest),
                    rest
                ),
                ArchiveKind.Indicator => new ArchivedIndicator(
                    new Token(Take(ref rest, Token.Size).Span),
                    Number(ref rest),
                    rest
                ),
                ArchiveKind.AccessLog => new ArchivedAccessLog(
                    Text(ref rest),
                    Number(ref rest),
                    new(Number(ref rest), Number(ref rest), Number(ref rest))
                ),
                ArchiveKind.Tail => new ArchivedTail(
                    Text(ref rest),
                    Number(ref rest),
                    (int)Number(ref rest, sizeof(int)),
                    rest
                ),
                ArchiveKind.Resource => new ArchivedResource(Text(ref rest), Text(ref rest), rest),
                _ => throw new StorageFormatException(
                    $"The backup has a record of kind {(int)kind}; use a newer version."
                ),
            };
        }
        catch (ArgumentException exception) // A slice that is not there, or text that is none.
        {
            throw new StorageFormatException("The backup has a record that is not whole.", exception);
        }
    }

    private static void Write(BinaryWriter writer, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            var bytes = Utf8.GetBytes(text);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }
    }

    private static string Text(ref ReadOnlyMemory<byte> rest) =>
        Utf8.GetString(Take(ref rest, (int)Number(ref rest, sizeof(int))).Span);

    private static UInt128 CommitId(ref ReadOnlyMemory<byte> rest) =>
        BinaryPrimitives.ReadUInt128LittleEndian(Take(ref rest, 16).Span);

    private static long Number(ref ReadOnlyMemory<byte> rest, int bytes = sizeof(long)) =>
        bytes == sizeof(long)
            ? BinaryPrimitives.ReadInt64LittleEndian(Take(ref rest, bytes).Span)
            : BinaryPrimitives.ReadInt32LittleEndian(Take(ref rest, bytes).Span);

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int bytes)
    {
        var taken = rest[..bytes];
        rest = rest[bytes..];
        return taken;
    }
}
