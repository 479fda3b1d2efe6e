using Microsoft.Data.Sqlite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.Files;

public sealed class FormatTests : IDisposable
{
    private static readonly string[] Files = ["exchange.db", "exchange.db-wal"];

    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Database_of_a_newer_version_is_refused_and_left_alone()
    {
        await (await _folder.OpenStoreAsync()).DisposeAsync();
        Execute("PRAGMA user_version = 2");

        var exception = await AssertRefusedAsync();

        Assert.Contains("format 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_of_a_newer_version_that_crashed_is_refused()
    {
        await (await _folder.OpenStoreAsync()).DisposeAsync();
        using (var connection = Open())
        {
            // What a crash leaves: the new version in the write-ahead log, the old one in the file.
            Execute(connection, "PRAGMA user_version = 2");
            foreach (var file in Files)
            {
                File.Copy(_folder.In(file), _folder.In("copy of " + file));
            }
        }

        foreach (var file in Files)
        {
            File.Move(_folder.In("copy of " + file), _folder.In(file), overwrite: true);
        }

        var exception = await Assert.ThrowsAsync<StorageFormatException>(() => _folder.OpenStoreAsync());
        Assert.Contains("format 2", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE other (id)")]
    [InlineData("PRAGMA application_id = 1; PRAGMA user_version = 1; CREATE TABLE exchange (shard_count)")]
    public async Task Database_of_another_program_is_refused_and_left_alone(string sql)
    {
        Directory.CreateDirectory(_folder.Path);
        Execute(sql);

        await AssertRefusedAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no database at all")]
    public async Task File_that_is_no_database_is_refused_and_left_alone(string content)
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(_folder.Database, content, Cancellation);

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Write_ahead_log_without_its_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(_folder.Database + "-wal", "a log", Cancellation);

        await Assert.ThrowsAsync<StorageFormatException>(() => _folder.OpenStoreAsync());

        Assert.False(File.Exists(_folder.Database));
        Assert.Equal("a log", await File.ReadAllTextAsync(_folder.Database + "-wal", Cancellation));
    }

    [Fact]
    public async Task Damaged_log_row_is_reported_and_not_returned()
    {
        var store = await _folder.OpenStoreAsync();
        var model = new ShardModel(store.Shards, new(0));
        await model.CommitAsync(store, model.Next(1, 2), Cancellation);
        await store.DisposeAsync();
        Execute("UPDATE shard_log SET changes = substr(changes, 1, 1)");

        await using var opened = await _folder.OpenStoreAsync();

        await Assert.ThrowsAsync<StorageFormatException>(() => ShardAssert.ReadAsync(opened, new(0), 0, Cancellation));
    }

    private async Task<StorageFormatException> AssertRefusedAsync()
    {
        var before = await File.ReadAllBytesAsync(_folder.Database, Cancellation);

        var exception = await Assert.ThrowsAsync<StorageFormatException>(() => _folder.OpenStoreAsync());

        Assert.Contains(_folder.Database, exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Database, Cancellation));
        Assert.Equal(
            ["exchange.db", "exchange.lock"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order()
        );
        return exception;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
