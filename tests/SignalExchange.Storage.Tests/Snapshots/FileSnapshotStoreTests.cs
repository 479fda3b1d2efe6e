using SignalExchange.Storage.Snapshots;

namespace SignalExchange.Storage.Tests.Snapshots;

public sealed class FileSnapshotStoreTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "index");
    private readonly FileSnapshotStore _store;

    public FileSnapshotStoreTests() => _store = new(_folder);

    [Fact]
    public async Task What_was_written_last_is_what_is_read()
    {
        Assert.Null(await _store.OpenAsync("index", TestContext.Current.CancellationToken));

        await WriteAsync(1, 2, 3);
        await WriteAsync(4);

        Assert.Equal([4], await ReadAsync());
        Assert.Equal(["index.snapshot"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_writing_that_fails_or_is_ended_leaves_what_was_there()
    {
        await WriteAsync(1);
        using var ended = new CancellationTokenSource();

        await Assert.ThrowsAsync<IOException>(() =>
            _store.ReplaceAsync("index", FailAsync, TestContext.Current.CancellationToken)
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _store.ReplaceAsync("index", (_, _) => ended.CancelAsync(), ended.Token)
        );

        Assert.Equal([1], await ReadAsync());
        Assert.Equal(["index.snapshot"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Whoever_reads_goes_on_reading_what_it_opened()
    {
        await WriteAsync(1);
        await using var reading = await _store.OpenAsync("index", TestContext.Current.CancellationToken);

        await WriteAsync(2);

        Assert.Equal(1, reading!.ReadByte());
    }

    [Fact]
    public async Task What_a_crash_left_is_overwritten()
    {
        await WriteAsync(1);
        await File.WriteAllBytesAsync(
            Path.Combine(_folder, "index.snapshot.tmp"),
            new byte[100],
            TestContext.Current.CancellationToken
        );

        await WriteAsync(2);

        Assert.Equal([2], await ReadAsync());
    }

    [Fact]
    public async Task Only_the_owner_reads_it()
    {
        await WriteAsync(1);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(_folder, "index.snapshot"))
            );
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(_folder)
            );
        }
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    private static async Task FailAsync(Stream file, CancellationToken cancellationToken)
    {
        await file.WriteAsync(new byte[10], cancellationToken);
        throw new IOException("No space left on device");
    }

    private Task WriteAsync(params byte[] content) =>
        _store.ReplaceAsync(
            "index",
            async (file, token) => await file.WriteAsync(content, token),
            TestContext.Current.CancellationToken
        );

    private async Task<byte[]> ReadAsync()
    {
        await using var file = await _store.OpenAsync("index", TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await file!.CopyToAsync(content, TestContext.Current.CancellationToken);
        return content.ToArray();
    }
}
