using SignalExchange.TestKit;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.Faults;

/// <summary>Commits that can't go on: another session holds the head, the connection is killed, the disk is full, too many wait.</summary>
public sealed class BlockedCommitTests(CleanDatabases databases) : IAsyncLifetime
{
    private Database? _database;
    private string _connection = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Database Database => _database!;

    public async ValueTask InitializeAsync()
    {
        _connection = await databases.CreateAsync(Ct);
        _database = new(_connection);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    [Fact]
    public async Task Connection_that_is_killed_in_the_transaction_leaves_nothing()
    {
        await using var store = await OpenAsync();
        var model = new ShardModel(store.Shards, new(3));
        await model.CommitAsync(store, model.Next(1), Ct);

        Task<CommitOutcome> commit;
        await using (await Database.HoldHeadAsync(model.Shard))
        {
            commit = store.CommitAsync(model.Next(2), Ct);
            await Database.UntilWaitingAsync(1);
            Assert.True(await Database.EndWritersAsync() > 0);

            await Assert.ThrowsAsync<CommitUnknownException>(() => commit);
        }

        await ShardAssert.HoldsAsync(model, store, Ct);
        await model.CommitAsync(store, model.Next(3), Ct);
        await ShardAssert.HoldsAsync(model, store, Ct);
    }

    [Fact]
    public async Task Head_that_another_session_holds_too_long_refuses_the_commit_and_goes_on_when_it_is_free()
    {
        await using var store = await OpenAsync(options => options.StatementTimeout = TimeSpan.FromSeconds(4));
        var model = new ShardModel(store.Shards, new(3));

        await using (await Database.HoldHeadAsync(model.Shard))
        {
            var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
                store.CommitAsync(model.Next(1), Ct)
            );
            Assert.Contains("did not answer in time", refused.Message, StringComparison.Ordinal);
        }

        await model.CommitAsync(store, model.Next(1), Ct);
        await ShardAssert.HoldsAsync(model, store, Ct);
    }

    [Fact]
    public async Task Heads_that_others_hold_cost_the_group_one_wait_and_the_commits_beside_them_nothing()
    {
        const int held = 20;
        await using var store = await OpenAsync(options =>
            (options.Writers, options.StatementTimeout) = (1, TimeSpan.FromSeconds(3))
        );
        ShardModel[] models = [.. Enumerable.Range(0, 60).Select(shard => new ShardModel(store.Shards, new(shard)))];
        ShardCommit[] commits = [.. models.Select(model => model.Next(1))];
        var holders = await Task.WhenAll(models[..held].Select(model => Database.HoldHeadAsync(model.Shard)));

        // The first waits alone; what comes while it does makes one group.
        var first = store.CommitAsync(commits[0], Ct);
        await Database.UntilWaitingAsync(1);
        var started = TimeProvider.System.GetTimestamp();
        Task<CommitOutcome>[] outcomes = [first, .. commits[1..].Select(commit => store.CommitAsync(commit, Ct))];

        for (var i = 0; i < models.Length; i++)
        {
            if (i < held)
            {
                var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => outcomes[i]);
                Assert.Contains("did not answer in time", refused.Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(CommitOutcome.Committed, await outcomes[i]);
                models[i].Apply(commits[i]);
            }
        }

        // One by one they would take 19 times 2.4 seconds.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal(3, store.Transactions); // the first, the group, and what of it was free
        foreach (var holder in holders)
        {
            await holder.DisposeAsync();
        }

        foreach (var model in models)
        {
            await model.CommitAsync(store, model.Next(2), Ct);
            await ShardAssert.HoldsAsync(model, store, Ct);
        }
    }

    [Fact]
    public async Task Group_of_which_nothing_fits_is_refused_when_patience_ends_each_commit_once()
    {
        await using var store = await OpenAsync(options =>
            (options.Writers, options.StatementTimeout) = (1, TimeSpan.FromSeconds(2))
        );
        await Database.RunAsync(
            """
            CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN PERFORM pg_sleep(0.3); RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER fill BEFORE INSERT ON shard_log FOR EACH ROW EXECUTE FUNCTION fill();
            """
        );
        ShardModel[] models = [.. Enumerable.Range(0, 64).Select(shard => new ShardModel(store.Shards, new(shard)))];

        Task<CommitOutcome>[] outcomes;
        await using (await Database.HoldHeadAsync(models[0].Shard))
        {
            var first = store.CommitAsync(models[0].Next(1), Ct);
            await Database.UntilWaitingAsync(1);
            outcomes = [first, .. models[1..].Select(model => store.CommitAsync(model.Next(1), Ct))];
        }

        foreach (var outcome in outcomes)
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => outcome);
        }

        // The first, the group, and of its parts as many as begin within two seconds at three tenths each; one by one they would be 64.
        Assert.InRange(store.Transactions, 2, 12);
        Assert.All(models, model => Assert.Equal(0, model.Head));
    }

    [Fact]
    public async Task One_commit_too_many_is_refused_and_a_cancelled_one_is_never_written()
    {
        await using var store = await OpenAsync(options => (options.Writers, options.MaxQueuedCommits) = (1, 1));
        ShardModel[] models = [.. Enumerable.Range(0, 3).Select(shard => new ShardModel(store.Shards, new(shard)))];
        using var cancel = new CancellationTokenSource();

        Task<CommitOutcome> running;
        await using (await Database.HoldHeadAsync(models[0].Shard))
        {
            running = store.CommitAsync(models[0].Next(1), Ct);
            await Database.UntilWaitingAsync(1);
            var waiting = store.CommitAsync(models[1].Next(1), cancel.Token);
            Assert.Equal(1, store.WaitingWrites);

            await Assert.ThrowsAsync<WriteQueueFullException>(() => store.CommitAsync(models[2].Next(1), Ct));
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        Assert.Equal(CommitOutcome.Committed, await running);

        // The cancelled one keeps its place until the queue comes to it.
        await Eventually.TrueAsync(() => store.WaitingWrites == 0, "the queue to let go of the cancelled commit");
        await models[2].CommitAsync(store, models[2].Next(1), Ct);
        Assert.Equal(0, await store.ReadHeadAsync(models[1].Shard, Ct));
    }

    [Fact]
    public async Task Commit_that_the_full_disk_has_no_room_for_is_refused_and_the_small_ones_beside_it_are_not()
    {
        await using var store = await OpenAsync(options => options.Writers = 1);
        await Database.RunAsync(
            """
            CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER fill BEFORE INSERT ON shard_log FOR EACH ROW WHEN (octet_length(new.changes) > 10000)
              EXECUTE FUNCTION fill();
            """
        );
        ShardModel[] models = [.. Enumerable.Range(0, 9).Select(shard => new ShardModel(store.Shards, new(shard)))];
        ShardCommit[] commits = [.. models.Select(model => model.Next(1))];
        commits[4] = WithLargeDetail(commits[4]);

        // What comes while the first one is held makes one group.
        Task<CommitOutcome>[] outcomes;
        await using (await Database.HoldHeadAsync(models[0].Shard))
        {
            var first = store.CommitAsync(commits[0], Ct);
            await Database.UntilWaitingAsync(1);
            outcomes = [first, .. commits[1..].Select(commit => store.CommitAsync(commit, Ct))];
        }

        for (var i = 0; i < commits.Length; i++)
        {
            if (i == 4)
            {
                var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => outcomes[i]);
                Assert.Contains("Free space", refused.Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(CommitOutcome.Committed, await outcomes[i]);
                models[i].Apply(commits[i]);
            }

            await ShardAssert.HoldsAsync(models[i], store, Ct);
        }
    }

    [Fact]
    public async Task Waiting_commits_share_a_transaction()
    {
        await using var store = await OpenAsync(options => options.Writers = 1);
        ShardModel[] models = [.. Enumerable.Range(0, 50).Select(shard => new ShardModel(store.Shards, new(shard)))];

        Task[] commits;
        await using (await Database.HoldHeadAsync(models[0].Shard))
        {
            var first = models[0].CommitAsync(store, models[0].Next(1), Ct);
            await Database.UntilWaitingAsync(1);
            commits = [first, .. models[1..].Select(model => model.CommitAsync(store, model.Next(1), Ct))];
        }

        await Task.WhenAll(commits);
        Assert.Equal(2, store.Transactions);
    }

    private async Task<PostgresExchangeStore> OpenAsync(Action<PostgresStorageOptions>? configure = null)
    {
        var store = PostgresStorageUnderTest.NewStore(_connection, configure);
        await store.OpenAsync(Ct);
        return store;
    }

    private static ShardCommit WithLargeDetail(ShardCommit commit) =>
        commit with
        {
            Row = commit.Row with { Changes = [commit.Row.Changes[0] with { Detail = new byte[20_000] }] },
        };
}
