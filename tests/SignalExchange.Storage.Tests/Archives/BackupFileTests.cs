using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Archives.Files;

namespace SignalExchange.Storage.Tests.Archives;

public sealed class BackupFileTests : IDisposable
{
    private static readonly ArchiveRecord[] Records =
    [
        new ArchivedState("registry", "größe/0", "e1", new byte[] { 1, 2 }),
        new ArchivedLogRow(new(3), 5, 6, UInt128.MaxValue - 9, new byte[] { 3 }),
        new ArchivedIndicator(new Token(RandomNumberGenerator.GetBytes(Token.Size)), 6, new byte[] { 4 }),
        new ArchivedAccessLog("silo-1", 2, new(256, 300, 290)),
        new ArchivedTail("silo-1", 256, 44, new byte[] { 5 }),
        new ArchivedResource("silo-1", "checkpoint", ReadOnlyMemory<byte>.Empty),
    ];

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_record_comes_back()
    {
        await WriteAsync();

        var read = await ReadAsync();

        Assert.Equal(Records.Select(Describe), read.Select(Describe));
        await using var archive = await new BackupFileSource(_file).OpenAsync(Ct);
        Assert.Equal(256, archive.ShardCount);
    }

    [Fact]
    public async Task Only_the_owner_reads_it_and_it_is_never_written_over()
    {
        await WriteAsync();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file));
        }

        var refused = await Assert.ThrowsAsync<StorageFormatException>(WriteAsync);

        Assert.Contains("is there already", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_altered_or_cut_off_is_noticed()
    {
        await WriteAsync();
        var sound = await File.ReadAllBytesAsync(_file, Ct);
        for (var at = 0; at < sound.Length; at++)
        {
            var altered = sound.ToArray();
            altered[at] ^= 1;
            await File.WriteAllBytesAsync(_file, altered, Ct);
            await Assert.ThrowsAsync<StorageFormatException>(ReadAsync);

            await File.WriteAllBytesAsync(_file, sound[..at], Ct);
            await Assert.ThrowsAsync<StorageFormatException>(ReadAsync);
        }
    }

    [Fact]
    public async Task A_newer_format_is_named()
    {
        await WriteAsync();
        var newer = await File.ReadAllBytesAsync(_file, Ct);
        newer[8] = 2;
        await File.WriteAllBytesAsync(_file, newer, Ct);

        var refused = await Assert.ThrowsAsync<StorageFormatException>(ReadAsync);

        Assert.Contains("has format 2; this version knows format 1", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private Task WriteAsync() => new BackupFileTarget(_file).WriteAsync(256, Records.ToAsyncEnumerable(), Ct);

    private async Task<List<ArchiveRecord>> ReadAsync()
    {
        await using var archive = await new BackupFileSource(_file).OpenAsync(Ct);
        return await archive.ReadAsync(Ct).ToListAsync(Ct);
    }

    private static string Describe(ArchiveRecord record)
    {
        using var bytes = new MemoryStream();
        ArchiveCodec.Write(record, new BinaryWriter(bytes));
        return $"{record.Kind} {Convert.ToHexString(bytes.ToArray())}";
    }
}
