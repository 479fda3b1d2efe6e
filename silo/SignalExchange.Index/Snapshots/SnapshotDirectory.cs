using SignalExchange.Contracts;
using SignalExchange.Index.Tables;

namespace SignalExchange.Index.Snapshots;

/// <summary>What is in a snapshot, and what it is true of.</summary>
/// <param name="WrittenAt">When it was written, to the second.</param>
/// <param name="MaxPerBand">How many sketches a band could find in the index that it was taken from.</param>
/// <param name="MaxPerBandOfMember">How many of them could be of one member.</param>
/// <param name="TokenKey">The key under which tokens are named.</param>
/// <param name="BandKey">The key under which bands of ads are named.</param>
/// <param name="Shards">For each shard where it stood, and its entries.</param>
/// <param name="Templates">The templates, by number.</param>
/// <param name="Sketches">The sketches, by number.</param>
/// <param name="ByToken">Which templates have which token.</param>
/// <param name="Bands">For each band which sketches have it.</param>
/// <remarks>
/// <code>
/// 8 bytes  seconds since 1970        4 bytes  shards
/// 4 bytes  sketches a band may find  4 bytes  of one member
/// 80 and 80 bytes  the keys
/// for each shard:  8 bytes  sequence   16 bytes  commit id   then a section
/// sections of templates, sketches, tokens; then of each band
/// a section is 8 bytes of place and 8 of length
/// </code>
/// </remarks>
internal sealed record SnapshotDirectory(
    DateTimeOffset WrittenAt,
    int MaxPerBand,
    int MaxPerBandOfMember,
    FingerprintKey TokenKey,
    FingerprintKey BandKey,
    IReadOnlyList<(ShardMark Mark, SnapshotSection Entries)> Shards,
    SnapshotSection Templates,
    SnapshotSection Sketches,
    SnapshotSection ByToken,
    IReadOnlyList<SnapshotSection> Bands
)
{
    /// <summary>Returns the bytes.</summary>
    public byte[] Encode()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(WrittenAt.ToUnixTimeSeconds());
        writer.Write(Shards.Count);
        writer.Write(MaxPerBand);
        writer.Write(MaxPerBandOfMember);
        writer.Write(TokenKey.ToArray());
        writer.Write(BandKey.ToArray());
        foreach (var (mark, entries) in Shards)
        {
            writer.Write(mark.Sequence);
            writer.Write((ulong)mark.CommitId);
            writer.Write((ulong)(mark.CommitId >> 64));
            Write(writer, entries);
        }

        foreach (var section in (SnapshotSection[])[Templates, Sketches, ByToken, .. Bands])
        {
            Write(writer, section);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads the bytes back. They were authenticated, so they are as they were written.</summary>
    public static SnapshotDirectory Decode(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var writtenAt = DateTimeOffset.FromUnixTimeSeconds(reader.ReadInt64());
        var shards = reader.ReadInt32();
        var (maxPerBand, maxPerBandOfMember) = (reader.ReadInt32(), reader.ReadInt32());
        var tokenKey = new FingerprintKey(reader.ReadBytes(FingerprintKey.Size));
        var bandKey = new FingerprintKey(reader.ReadBytes(FingerprintKey.Size));
        return new(
            writtenAt,
            maxPerBand,
            maxPerBandOfMember,
            tokenKey,
            bandKey,
            [.. Enumerable.Range(0, shards).Select(_ => (ReadMark(reader), ReadSection(reader)))],
            ReadSection(reader),
            ReadSection(reader),
            ReadSection(reader),
            [.. Enumerable.Range(0, Limits.BandsPerAd).Select(_ => ReadSection(reader))]
        );
    }

    private static void Write(BinaryWriter writer, SnapshotSection section)
    {
        writer.Write(section.Place);
        writer.Write(section.Bytes);
    }

    private static ShardMark ReadMark(BinaryReader reader)
    {
        var sequence = reader.ReadInt64();
        var lower = reader.ReadUInt64();
        return new(sequence, new UInt128(reader.ReadUInt64(), lower));
    }

    private static SnapshotSection ReadSection(BinaryReader reader) => new(reader.ReadInt64(), reader.ReadInt64());
}
