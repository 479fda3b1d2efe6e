using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Index.Snapshots;
using SignalExchange.Index.Tables;

namespace SignalExchange.Index.Tests.Snapshots;

public sealed class SnapshotFormatTests
{
    // SHA-256 of the file below. Another one is another format: SnapshotFormat.Version.
    private const string Golden = "f38320e0d6ed96797a72ec7cf428eb62e0449debad2e3bbfb485b01388813ea4";

    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Salt = [.. Enumerable.Range(100, 32).Select(i => (byte)i)];

    [Fact]
    public async Task A_file_is_the_same_to_the_byte()
    {
        var file = await WriteAsync([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

        Assert.Equal("SX-INDEX\u0003\0\0\0\0\0\0\0"u8, file.AsSpan(0, 16));
        Assert.Equal(Salt, file.AsSpan(16, 32));
        Assert.Equal("SX-WHOLE"u8, file.AsSpan(^8..));
        Assert.Equal(Golden, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(SnapshotFormat.ChunkBytes - 12)]
    [InlineData(SnapshotFormat.ChunkBytes)]
    [InlineData((2 * SnapshotFormat.ChunkBytes) + 12)]
    public async Task A_section_comes_back_whatever_its_length(int bytes)
    {
        var content = RandomNumberGenerator.GetBytes(bytes);
        var file = new MemoryStream(await WriteAsync(content));
        await using var reader = await SnapshotReader.OpenAsync(file, Key, TestContext.Current.CancellationToken);

        var directory = await reader.ReadDirectoryAsync(TestContext.Current.CancellationToken);
        using var read = new MemoryStream();
        await reader.ReadSectionAsync(directory.Shards[0].Entries, read.Write, TestContext.Current.CancellationToken);

        Assert.Equal(content, read.ToArray());
        Assert.Equal(new ShardMark(42, UInt128.MaxValue - 1), directory.Shards[0].Mark);
        Assert.Equal(DateTimeOffset.UnixEpoch, directory.WrittenAt);
        Assert.Equal((8, 4), (directory.MaxPerBand, directory.MaxPerBandOfMember));
    }

    [Fact]
    public void Every_kind_of_record_fits_a_piece_a_whole_number_of_times() =>
        Assert.All([PackedEntry.Size, 48, 16, 8], record => Assert.Equal(0, SnapshotFormat.ChunkBytes % record));

    private static async Task<byte[]> WriteAsync(byte[] entries)
    {
        var file = new MemoryStream();
        using var writer = new SnapshotWriter(file, Key, Salt);
        await writer.WriteHeaderAsync(TestContext.Current.CancellationToken);
        var section = await writer.WriteSectionAsync(entries, TestContext.Current.CancellationToken);
        var key = new FingerprintKey(new byte[FingerprintKey.Size]);
        var directory = new SnapshotDirectory(
            DateTimeOffset.UnixEpoch,
            8,
            4,
            key,
            key,
            [(new(42, UInt128.MaxValue - 1), section)],
            section,
            section,
            section,
            [.. Enumerable.Repeat(section, Limits.BandsPerAd)]
        );
        await writer.WriteDirectoryAsync(directory, TestContext.Current.CancellationToken);
        Assert.Equal(file.Length, writer.Bytes);
        return file.ToArray();
    }
}
