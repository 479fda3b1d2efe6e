using CsCheck;
using Microsoft.Data.Sqlite;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage;

namespace SignalExchange.Audit.Tests.Search;

/// <summary>An index that is not what was written answers nothing for long: it is noticed, and made again from the log.</summary>
public sealed class DamageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_byte_of_the_file_is_flipped_the_answers_are_the_same()
    {
        using var audit = await RebuildTests.WithHistoryAsync();
        var before = await RebuildTests.AnswersAsync(audit);
        await audit.RestartAsync();

        await Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 7])
            .SampleAsync(
                async (place, bit) =>
                {
                    await audit.RestartAsync(afterwards: file => Flip(file, place, bit));

                    Assert.Equal(before, await RebuildTests.AnswersAsync(audit));
                    Assert.Null(await audit.Follower.FindDamageAsync(Cancelled));
                },
                iter: 60,
                threads: 1
            );
    }

    [Theory]
    [InlineData("DELETE FROM facet WHERE id = (SELECT max(id) FROM facet)")]
    [InlineData("DELETE FROM posting WHERE idx = 3")]
    [InlineData("DELETE FROM entry WHERE idx = 7")]
    [InlineData("DELETE FROM usage")]
    [InlineData("DELETE FROM alarm")]
    [InlineData("DELETE FROM review WHERE idx = (SELECT min(idx) FROM review)")]
    [InlineData("DELETE FROM mark")]
    [InlineData("DELETE FROM rule_state")]
    [InlineData("DELETE FROM name WHERE text = 'member-1'")]
    [InlineData("UPDATE entry SET asked = asked + 1 WHERE idx = 7")]
    [InlineData("UPDATE progress SET size = size - 1")]
    [InlineData("UPDATE progress SET sum = zeroblob(16)")]
    [InlineData("INSERT INTO span VALUES (1, 1, 0, 0)")]
    [InlineData(
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'idx', 'idy') WHERE name = 'mark'"
    )]
    public async Task A_row_that_others_changed_is_found_at_the_start_and_the_answers_are_the_same(string sql)
    {
        using var audit = await RebuildTests.WithHistoryAsync();
        var before = await RebuildTests.AnswersAsync(audit);

        await audit.RestartAsync(afterwards: file => Execute(file, sql));

        Assert.Equal(before, await RebuildTests.AnswersAsync(audit));
    }

    [Fact]
    public async Task A_row_that_is_taken_away_while_the_index_is_open_stops_the_next_export()
    {
        using var audit = await RebuildTests.WithHistoryAsync();
        Execute(audit.File, "DELETE FROM posting WHERE idx = 3");

        var request = new ExportEntriesRequest { FileFormat = ExportFormat.Csv };
        await Assert.ThrowsAsync<StorageUnavailableException>(() => audit.Exporter.PrepareAsync(request, Cancelled));
        await audit.Follower.ResumeAsync(Cancelled);
        await audit.CatchUpAsync();

        Assert.Equal(audit.Log.Size, (await audit.Exporter.PrepareAsync(request, Cancelled)).Value!.Entries);
    }

    [Fact]
    public async Task A_file_that_is_overwritten_while_the_index_is_open_is_made_anew()
    {
        using var audit = await RebuildTests.WithHistoryAsync();
        var before = await RebuildTests.AnswersAsync(audit);
        await audit.Get<SearchDatabase>().CheckpointAsync(Cancelled);
        Execute(audit.File, "UPDATE progress SET size = size; PRAGMA wal_checkpoint(TRUNCATE)"); // Caches hold good no longer.
        Overwrite(audit.File);
        await audit.Follower.StartAsync(Cancelled);

        var deadline = TimeProvider.System.GetUtcNow().AddMinutes(1);
        while (await FindsNothingAsync(audit) || audit.Follower.IndexedSize < audit.Log.Size)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, "Waited a minute until the index was made anew.");
            await Task.Delay(20, Cancelled);
        }

        Assert.Equal(before, await RebuildTests.AnswersAsync(audit));
        await audit.Follower.StopAsync(Cancelled);
    }

    private static async Task<bool> FindsNothingAsync(AuditUnderTest audit) =>
        await Record.ExceptionAsync(() => audit.FindAsync()) is StorageUnavailableException;

    private static void Flip(string file, int place, int bit)
    {
        using var stream = File.Open(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Position = place % stream.Length;
        var value = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(value ^ (1 << bit)));
    }

    private static void Overwrite(string file)
    {
        const int Page = 4096;
        using var stream = File.Open(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var garbage = new byte[stream.Length - Page];
        garbage.AsSpan().Fill(0xA5);
        stream.Position = Page;
        stream.Write(garbage);
    }

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
