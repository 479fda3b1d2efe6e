using Microsoft.Data.Sqlite;

namespace SignalExchange.Storage.Sqlite.Tests.Writes;

public sealed class WriteAheadLogTests : WriterTests
{
    [Fact]
    public async Task Write_ahead_log_stays_small_and_is_gone_after_closing()
    {
        var model = Models(1)[0];
        var large = new byte[1024 * 1024];
        for (var i = 0; i < 60; i++)
        {
            var commit = model.Next(i);
            commit = commit with { Indicators = [commit.Indicators[0] with { State = large }] };
            await model.CommitAsync(Store, commit, Cancellation);
            await Store.ReadHeadAsync(model.Shard, Cancellation);
        }

        Assert.InRange(new FileInfo(Folder.Database + "-wal").Length, 1, 20 * 1024 * 1024);
        Assert.InRange(Store.FileBytes, 60 * large.Length, 90 * large.Length);
        await Store.DisposeAsync();
        Assert.False(File.Exists(Folder.Database + "-wal"));
    }

    [Fact]
    public async Task Database_whose_journal_mode_was_changed_gets_its_write_ahead_log_back()
    {
        await Store.DisposeAsync();
        using (var connection = Connections.Open(Folder.Database, SqliteOpenMode.ReadWrite))
        {
            Assert.Equal("delete", Connections.Value<string>(connection, "PRAGMA journal_mode = DELETE"));
        }

        await ReopenAsync();
        var model = Models(1)[0];
        await model.CommitAsync(Store, model.Next(1), Cancellation);

        Assert.True(File.Exists(Folder.Database + "-wal"));
    }
}
