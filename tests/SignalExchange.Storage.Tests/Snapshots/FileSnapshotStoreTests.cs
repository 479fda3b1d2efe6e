using SignalExchange.Storage.Snapshots;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Tests.Snapshots;

public sealed class FileSnapshotStoreTests : SnapshotStoreConformance, IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "index");

    protected override ISnapshotStore Open() => new FileSnapshotStore(_folder);

    [Fact]
    public async Task Nothing_but_the_snapshot_is_left_in_the_folder()
    {
        await WriteAsync(1);
        await Assert.ThrowsAsync<IOException>(() =>
            Open().ReplaceAsync("index", (_, _) => throw new IOException("No space left on device"), Cancellation)
        );

        Assert.Equal(["index.snapshot"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Whoever_reads_goes_on_reading_what_it_opened()
    {
        await WriteAsync(1);
        await using var reading = await Open().OpenAsync("index", Cancellation);

        await WriteAsync(2);

        Assert.Equal(1, reading!.ReadByte());
    }

    [Fact]
    public async Task What_a_crash_left_is_overwritten()
    {
        await WriteAsync(1);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "index.snapshot.tmp"), new byte[100], Cancellation);

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

    public void Dispose()
    {
        if (Path.GetDirectoryName(_folder) is { } parent && Directory.Exists(parent))
        {
            Directory.Delete(parent, recursive: true);
        }
    }
}
