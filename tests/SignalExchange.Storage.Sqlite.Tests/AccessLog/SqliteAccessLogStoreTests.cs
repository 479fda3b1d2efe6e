using System.Text;
using Microsoft.Data.Sqlite;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Sqlite.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.AccessLog;

public sealed class SqliteAccessLogStoreTests : AccessLogStoreConformance
{
    protected override async Task<IAccessLogStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        await SqliteAccessLogUnderTest.OpenAsync(cancellationToken);

    [Fact]
    public async Task Folder_of_another_store_is_refused_until_it_is_closed()
    {
        await using var storage = await SqliteAccessLogUnderTest.OpenAsync(Cancellation);
        await using var rival = storage.NewStore();
        await Assert.ThrowsAsync<StorageInUseException>(() => rival.OpenAsync(Cancellation));

        await storage.Store.DisposeAsync();

        await rival.OpenAsync(Cancellation);
    }

    [Fact]
    public async Task Full_database_refuses_records_and_keeps_what_it_has_until_it_may_grow()
    {
        await using var storage = await SqliteAccessLogUnderTest.OpenAsync(Cancellation);
        await storage.ReopenAsync(1024 * 1024, Cancellation);
        var lease = await storage.Logs.AcquireAsync("silo-1", Cancellation);
        var size = await FillAsync(storage.Logs, lease);

        Assert.Equal(new(0, size, 0), await storage.Logs.ReadExtentAsync("silo-1", Cancellation));
        await storage.ReopenAsync(Cancellation);
        lease = await storage.Logs.AcquireAsync("silo-1", Cancellation);
        await storage.Logs.AppendAsync(lease, size, AccessLogRecords.From(size, 1000), Cancellation);
    }

    [Fact]
    public async Task Flipped_byte_in_the_database_shows_as_damage_at_its_index()
    {
        await using var storage = await SqliteAccessLogUnderTest.OpenAsync(Cancellation);
        var lease = await storage.Logs.AcquireAsync("silo-1", Cancellation);
        await storage.Logs.AppendAsync(lease, 0, AccessLogRecords.From(0, 600), Cancellation);
        await storage.Store.DisposeAsync();
        Flip(Path.Combine(storage.Folder, "tail.db"), "entry 300"u8);

        await storage.ReopenAsync(Cancellation);

        Assert.Equal(256, (await storage.Logs.ReadAsync("silo-1", 0, 256, Cancellation)).Count);
        var exception = await Assert.ThrowsAsync<AccessLogStoredWrongException>(async () =>
            await storage.Logs.ReadAsync("silo-1", 256, 1, Cancellation)
        );
        Assert.Contains("between entries 256 and 511", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_of_a_newer_format_is_refused_and_left_as_it_was()
    {
        await using var storage = await SqliteAccessLogUnderTest.OpenAsync(Cancellation);
        var lease = await storage.Logs.AcquireAsync("silo-1", Cancellation);
        await storage.Logs.AppendAsync(lease, 0, AccessLogRecords.From(0, 10), Cancellation);
        await storage.Store.DisposeAsync();
        var file = Path.Combine(storage.Folder, "tail.db");
        SetFormat(file, TailSchema.Format + 1);
        var before = await File.ReadAllBytesAsync(file, Cancellation);

        await using var older = storage.NewStore();
        var exception = await Assert.ThrowsAsync<StorageFormatException>(() => older.OpenAsync(Cancellation));

        Assert.Contains(
            $"{file} is not a database of access logs in a format that this version knows. Move it away",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(before, await File.ReadAllBytesAsync(file, Cancellation));
        Assert.Equal(
            ["tail.db", "tail.lock"],
            Directory.GetFiles(storage.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

        // The version that wrote it finds all of it.
        SetFormat(file, TailSchema.Format);
        await storage.ReopenAsync(Cancellation);
        Assert.Equal(new(0, 10, 0), await storage.Logs.ReadExtentAsync("silo-1", Cancellation));
    }

    [Fact]
    public async Task Long_write_ahead_log_is_moved_away_while_the_store_is_open()
    {
        await using var storage = await SqliteAccessLogUnderTest.OpenAsync(Cancellation);
        var lease = await storage.Logs.AcquireAsync("silo-1", Cancellation);
        var record = new AccessLogRecord("entry"u8.ToArray(), new byte[1024 * 1024]);
        for (var size = 0; size < 24; size++)
        {
            await storage.Logs.AppendAsync(lease, size, [record], Cancellation);
        }

        var log = new FileInfo(Path.Combine(storage.Folder, "tail.db-wal"));
        Assert.InRange(log.Length, 24 * 1024 * 1024, long.MaxValue);
        await storage.Logs.MarkPublishedAsync(lease, 24, Cancellation);

        log.Refresh();
        Assert.Equal(0, log.Length);
    }

    [Fact]
    public async Task Files_are_their_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        await using var storage = await SqliteAccessLogUnderTest.OpenAsync(Cancellation);
        var lease = await storage.Logs.AcquireAsync("silo-1", Cancellation);
        await storage.Logs.PutAsync(lease, "tile/0/x001/000", new byte[1], Cancellation);

        foreach (var path in Directory.EnumerateFileSystemEntries(storage.Folder, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.None, ModeOf(path) & (UnixFileMode)0b000_111_111);
        }
    }

    // Appends until the database is full; returns how many records it has.
    private static async Task<long> FillAsync(IAccessLogStore store, AccessLogLease lease)
    {
        for (var size = 0L; ; size += 1000)
        {
            try
            {
                await store.AppendAsync(lease, size, AccessLogRecords.From(size, 1000), Cancellation);
            }
            catch (StorageUnavailableException exception)
            {
                Assert.Contains("full", exception.Message, StringComparison.Ordinal);
                return size;
            }
        }
    }

    private static void SetFormat(string file, int format)
    {
        using var connection = Connections.Open(file, SqliteOpenMode.ReadWrite);
        Connections.Execute(connection, $"PRAGMA user_version = {format}");
    }

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private static void Flip(string file, ReadOnlySpan<byte> where)
    {
        var bytes = File.ReadAllBytes(file);
        var at = bytes.AsSpan().IndexOf(where);
        Assert.True(at >= 0, $"{file} does not hold {Encoding.UTF8.GetString(where)}.");
        bytes[at] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
