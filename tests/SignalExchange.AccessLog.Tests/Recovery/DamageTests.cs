using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SignalExchange.AccessLog.Reading;

namespace SignalExchange.AccessLog.Tests.Recovery;

/// <summary>Somebody alters a log's files; the exchange finds out, says what and where, and never goes on as if nothing were.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Count = 700;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tile/0/000", "tile/0/000")]
    [InlineData("tile/0/001", "tile/0/001")]
    [InlineData("tile/0/002.p/188", "tile/0/002.p/188")]
    [InlineData("tile/1/000.p/2", "tile/1/000.p/2")]
    [InlineData("tile/entries/001", "tile/entries/001")]
    [InlineData("tile/entries/002.p/188", "tile/entries/002.p/188")]
    [InlineData("checkpoint", "checkpoint")]
    public async Task Flipped_byte_stops_the_start_and_is_named(string path, string named)
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        var bytes = await File.ReadAllBytesAsync(FileOf(path), Cancellation);
        foreach (var at in new[] { 0, bytes.Length / 2, bytes.Length - 2 })
        {
            var altered = bytes.ToArray();
            altered[at] ^= 1;
            await File.WriteAllBytesAsync(FileOf(path), altered, Cancellation);
            await AssertRefusedAsync(named);
        }

        await File.WriteAllBytesAsync(FileOf(path), bytes, Cancellation);
        await AssertWholeAsync(Count);
    }

    [Theory]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/001")]
    [InlineData("tile/0/002.p/188")]
    [InlineData("tile/1/000.p/2")]
    [InlineData("tile/entries/001")]
    [InlineData("tile/entries/002.p/188")]
    [InlineData("checkpoint")]
    public async Task Lost_file_stops_the_start_and_is_named(string path)
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        File.Delete(FileOf(path));

        await AssertRefusedAsync(path);
    }

    [Fact]
    public async Task Flipped_byte_in_an_old_bundle_shows_when_it_is_read_by_its_index()
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        var file = FileOf("tile/entries/000");
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        bytes[2 + length + 2 + 20] ^= 1; // In the second entry.
        await File.WriteAllBytesAsync(file, bytes, Cancellation);

        await using var log = await LogUnderTest.StartAsync(_folder.Path);
        var exception = await Assert.ThrowsAsync<AccessLogDamagedException>(log.ReadAllAsync);

        Assert.Contains("Entry 1 in tile/entries/000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tile_and_bundle_that_were_altered_together_are_not_the_trees()
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        var (first, second) = await SwapFirstTwoEntriesAsync();
        var tile = await File.ReadAllBytesAsync(FileOf("tile/0/000"), Cancellation);
        IndependentVerifier.Leaf(second).CopyTo(tile, 0);
        IndependentVerifier.Leaf(first).CopyTo(tile, 32);
        var original = await File.ReadAllBytesAsync(FileOf("tile/0/000"), Cancellation);

        // While the log is open: its memory knows what the tile's root is.
        await File.WriteAllBytesAsync(FileOf("tile/0/000"), original, Cancellation);
        await using (var log = await LogUnderTest.StartAsync(_folder.Path))
        {
            await File.WriteAllBytesAsync(FileOf("tile/0/000"), tile, Cancellation);
            var exception = await Assert.ThrowsAsync<AccessLogDamagedException>(log.ReadAllAsync);
            Assert.Contains("tile/0/000", exception.Message, StringComparison.Ordinal);
        }

        // And at the next start the tile above does; where that was altered, too, the signed root.
        await AssertRefusedAsync("tile/1/000.p/2");
        var above = await File.ReadAllBytesAsync(FileOf("tile/1/000.p/2"), Cancellation);
        IndependentVerifier.Root([.. tile.Chunk(32)]).CopyTo(above, 0);
        await File.WriteAllBytesAsync(FileOf("tile/1/000.p/2"), above, Cancellation);
        await AssertRefusedAsync("The root of the first 700 entries");
    }

    [Fact]
    public async Task Swapped_entries_show_by_their_index()
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        await SwapFirstTwoEntriesAsync();

        await using var log = await LogUnderTest.StartAsync(_folder.Path);
        var exception = await Assert.ThrowsAsync<AccessLogDamagedException>(log.ReadAllAsync);

        Assert.Contains("Entry 0 in tile/entries/000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flipped_byte_in_a_detail_bundle_damages_that_detail_alone()
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        var file = FileOf("detail/000");
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        bytes[4 + 20] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Cancellation);

        await using var log = await LogUnderTest.StartAsync(_folder.Path);
        var entries = await log.ReadAllAsync();

        Assert.Equal(DetailState.Damaged, entries[0].State);
        Assert.Null(entries[0].Detail);
        Assert.All(entries.Skip(1), entry => Assert.Equal(DetailState.Open, entry.State));
    }

    [Fact]
    public async Task Lost_detail_bundle_damages_its_details_and_no_proof()
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        File.Delete(FileOf("detail/000"));

        await using var log = await LogUnderTest.StartAsync(_folder.Path);
        var entries = await log.ReadAllAsync();

        Assert.All(entries.Take(256), entry => Assert.Equal(DetailState.Damaged, entry.State));
        Assert.All(entries.Skip(256), entry => Assert.Equal(DetailState.Open, entry.State));
        IndependentVerifier.Verify(_folder.In(LogUnderTest.Name), log.Host.VerifierKey);
    }

    [Fact]
    public async Task Altered_tail_stops_the_start_and_its_entries_are_named()
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        Execute(
            """
            UPDATE tail SET records = substr(records, 1, 50)
              || CASE substr(records, 51, 1) WHEN x'FF' THEN x'00' ELSE x'FF' END || substr(records, 52)
            WHERE position & 0xFFFF = 512
            """
        );

        await AssertRefusedAsync("between entries 512 and");
    }

    [Theory]
    [InlineData("DELETE FROM tail WHERE position & 0xFFFF = 512", "has lost entry 512")]
    [InlineData("UPDATE log SET size = 650", "It was cut off")]
    [InlineData("DELETE FROM tail; DELETE FROM log", "It was cut off")]
    public async Task Tail_that_was_cut_off_stops_the_start(string sql, string named)
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        Execute(sql);

        await AssertRefusedAsync(named);
    }

    [Fact]
    public async Task Lost_database_stops_the_start()
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "tail.db*"))
        {
            File.Delete(file);
        }

        await AssertRefusedAsync("It was cut off");
    }

    [Fact]
    public async Task Older_checkpoint_in_the_place_of_the_last_stops_the_start()
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        var older = await File.ReadAllBytesAsync(FileOf("checkpoint"), Cancellation);
        await LogUnderTest.MakeAsync(_folder.Path, 10);
        await File.WriteAllBytesAsync(FileOf("checkpoint"), older, Cancellation);

        await AssertRefusedAsync("speaks of 700 entries; 710 were published");
    }

    [Fact]
    public async Task Checkpoint_of_another_key_stops_the_start()
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        using var other = new TempFolder();
        await LogUnderTest.MakeAsync(other.Path, Count);
        File.Copy(other.In(LogUnderTest.Name, "checkpoint"), FileOf("checkpoint"), overwrite: true);

        await AssertRefusedAsync("another key signed it");
    }

    [Fact]
    public async Task Signing_key_of_another_log_stops_the_start()
    {
        await LogUnderTest.MakeAsync(_folder.Path, Count);
        using var other = new TempFolder();
        await LogUnderTest.MakeAsync(other.Path, 1);
        var key = _folder.In("keys", LogUnderTest.Name, "signing.key");
        File.Copy(other.In("keys", LogUnderTest.Name, "signing.key"), key, overwrite: true);
        await AssertRefusedAsync("another key signed it");

        File.Delete(key);
        await AssertRefusedAsync("signing.key");
        Assert.False(File.Exists(key));
    }

    private async Task AssertRefusedAsync(string named)
    {
        var exception = await Assert.ThrowsAsync<AccessLogDamagedException>(() =>
            LogUnderTest.StartAsync(_folder.Path)
        );
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Details.Member, exception.ToString(), StringComparison.Ordinal);
    }

    private async Task AssertWholeAsync(int count)
    {
        await using var log = await LogUnderTest.StartAsync(_folder.Path);
        Assert.Equal(count, (await log.ReadAllAsync()).Count);
    }

    private async Task<(byte[] First, byte[] Second)> SwapFirstTwoEntriesAsync()
    {
        var file = FileOf("tile/entries/000");
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        var one = 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var two = 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(one));
        byte[] swapped = [.. bytes[one..(one + two)], .. bytes[..one], .. bytes[(one + two)..]];
        await File.WriteAllBytesAsync(file, swapped, Cancellation);
        return (bytes[2..one], bytes[(one + 2)..(one + two)]);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.In("tail.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0, "Nothing was altered.");
    }

    private string FileOf(string path) => Path.Combine(_folder.In(LogUnderTest.Name), path);
}
