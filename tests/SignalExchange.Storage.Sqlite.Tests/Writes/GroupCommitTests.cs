using Microsoft.Data.Sqlite;
using SignalExchange.TestKit.Storage;
using static SQLitePCL.raw;

namespace SignalExchange.Storage.Sqlite.Tests.Writes;

public sealed class GroupCommitTests : WriterTests
{
    [Fact]
    public async Task Commits_that_wait_share_one_transaction()
    {
        var models = Models(64);
        using var gate = await GateWrite.HoldAsync(Store, Cancellation);
        var before = Store.Transactions;

        var commits = models.Select(model => model.CommitAsync(Store, model.Next(1), Cancellation)).ToList();
        gate.Open();
        await Task.WhenAll(commits);

        Assert.True(await gate.Written);
        Assert.Equal(1, Store.Transactions - before);
    }

    [Fact]
    public async Task Callers_that_come_back_at_once_share_transactions()
    {
        const int Rounds = 20;
        var before = Store.Transactions;

        await Task.WhenAll(
            Models(64)
                .Select(async model =>
                {
                    for (var i = 0; i < Rounds; i++)
                    {
                        await model.CommitAsync(Store, model.Next(i), Cancellation);
                    }
                })
        );

        Assert.InRange(Store.Transactions - before, Rounds, 64 * Rounds / 4);
    }

    [Fact]
    public async Task Lone_caller_gets_a_transaction_for_each_commit()
    {
        var model = Models(1)[0];
        var before = Store.Transactions;

        for (var i = 0; i < 10; i++)
        {
            await model.CommitAsync(Store, model.Next(i), Cancellation);
        }

        Assert.Equal(10, Store.Transactions - before);
    }

    [Fact]
    public async Task Commits_of_one_shard_in_one_group_build_on_each_other()
    {
        var model = Models(1)[0];
        using var gate = await GateWrite.HoldAsync(Store, Cancellation);
        var outcomes = new List<Task<CommitOutcome>>();
        for (var i = 0; i < 5; i++)
        {
            var commit = model.Next(1, i + 2);
            outcomes.Add(CommitAsync(commit));
            model.Apply(commit);
        }

        gate.Open();

        Assert.All(await Task.WhenAll(outcomes), outcome => Assert.Equal(CommitOutcome.Committed, outcome));
        await ShardAssert.HoldsAsync(model, Store, Cancellation);
    }

    [Fact]
    public async Task Commit_refused_halfway_takes_back_itself_alone()
    {
        var models = Models(3);
        await models[1].CommitAsync(Store, models[1].Next(1), Cancellation);
        var stale = models[1].Next(2, 1);
        stale = stale with { Indicators = [stale.Indicators[0], stale.Indicators[1] with { ExpectedVersion = 0 }] };
        using var gate = await GateWrite.HoldAsync(Store, Cancellation);

        var first = models[0].CommitAsync(Store, models[0].Next(1), Cancellation);
        var refused = CommitAsync(stale);
        var last = models[2].CommitAsync(Store, models[2].Next(1), Cancellation);
        gate.Open();
        await Task.WhenAll(first, last);

        Assert.Equal(CommitOutcome.StaleIndicator, await refused);
        Assert.Null(await Store.ReadIndicatorAsync(stale.Indicators[0].Token, Cancellation));
        await AssertHoldAsync(models);
    }

    [Fact]
    public async Task Write_that_fails_by_itself_fails_alone()
    {
        var models = Models(2);
        using var gate = await GateWrite.HoldAsync(Store, Cancellation);

        var first = models[0].CommitAsync(Store, models[0].Next(1), Cancellation);
        var failing = Store.WriteAsync(new ScriptedWrite(_ => throw Error(SQLITE_FULL)), Cancellation);
        var last = models[1].CommitAsync(Store, models[1].Next(1), Cancellation);
        gate.Open();
        await Task.WhenAll(first, last);

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(() => failing);
        Assert.Contains("full", exception.Message, StringComparison.Ordinal);
        await AssertHoldAsync(models);
    }

    [Fact]
    public async Task Error_that_ends_the_transaction_fails_the_group_and_not_the_next_one()
    {
        var models = Models(2);
        var commit = models[0].Next(1);
        using var gate = await GateWrite.HoldAsync(Store, Cancellation);

        var first = CommitAsync(commit);
        var failing = Store.WriteAsync(
            new ScriptedWrite(connection =>
            {
                connection.Rollback();
                throw Error(SQLITE_IOERR);
            }),
            Cancellation
        );
        gate.Open();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => first);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => failing);
        await AssertHoldAsync(models);
        await models[0].CommitAsync(Store, commit, Cancellation);
        await AssertHoldAsync(models);
    }

    [Fact]
    public async Task Connection_that_was_lost_is_opened_again()
    {
        var model = Models(1)[0];

        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            Store.WriteAsync(
                new ScriptedWrite(connection =>
                {
                    connection.Rollback();
                    connection.Dispose();
                    throw Error(SQLITE_IOERR);
                }),
                Cancellation
            )
        );

        await model.CommitAsync(Store, model.Next(1), Cancellation);
        await AssertHoldAsync([model]);
    }

    [Fact]
    public async Task Reads_do_not_wait_for_a_transaction()
    {
        var model = Models(1)[0];
        await model.CommitAsync(Store, model.Next(1), Cancellation);
        using var gate = await GateWrite.HoldAsync(Store, Cancellation);

        await ShardAssert.HoldsAsync(model, Store, Cancellation);

        Assert.False(gate.Written.IsCompleted);
        gate.Open();
        await gate.Written;
    }

    [Fact]
    public async Task Callers_are_told_on_another_thread_than_the_writers()
    {
        using var gate = await GateWrite.HoldAsync(Store, Cancellation);
        var writer = "";
        var write = new ScriptedWrite(_ => writer = Thread.CurrentThread.Name);

        // In the pool, as a test's own context would send the continuation elsewhere anyway.
        var caller = await Task.Run(
            () =>
            {
                var thread = Store
                    .WriteAsync(write, Cancellation)
                    .ContinueWith(
                        _ => Thread.CurrentThread.Name,
                        Cancellation,
                        TaskContinuationOptions.ExecuteSynchronously,
                        TaskScheduler.Default
                    );
                gate.Open();
                return thread;
            },
            Cancellation
        );

        Assert.Contains("writer", writer, StringComparison.Ordinal);
        Assert.NotEqual(writer, caller);
    }

    private static SqliteException Error(int code) => new("A test's error.", code);

    private async Task AssertHoldAsync(IEnumerable<ShardModel> models)
    {
        foreach (var model in models)
        {
            await ShardAssert.HoldsAsync(model, Store, Cancellation);
        }
    }
}
