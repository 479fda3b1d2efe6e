using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

public abstract partial class ShardStoreConformance
{
    [Fact]
    public async Task New_storage_has_its_shards_and_nothing_in_them()
    {
        foreach (var shard in Store.Shards.All.Where(shard => shard.Number % 50 == 0))
        {
            await AssertHoldsAsync(Model(shard.Number));
        }

        Assert.Null(await Store.ReadIndicatorAsync(Model().Token(1), Cancellation));
    }

    [Fact]
    public async Task Commit_moves_the_head_adds_a_row_and_writes_the_indicators()
    {
        var model = Model();

        await CommitAsync(model, 1, 2, 3);

        Assert.Equal(3, model.Head);
        await AssertHoldsAsync(model);
    }

    [Fact]
    public async Task Later_commit_replaces_the_states_that_it_names_and_no_others()
    {
        var model = Model();
        await CommitAsync(model, 1, 2, 3);

        await CommitAsync(model, 2, 4);
        await CommitAsync(model, 2);

        Assert.Equal(4, model.Indicators.Count);
        await AssertHoldsAsync(model);
    }

    [Fact]
    public async Task Tokens_differ_by_any_of_their_bytes()
    {
        var model = Model();
        await CommitAsync(model, 1);
        var bytes = model.Token(1).ToArray();
        bytes[^1] ^= 1;

        Assert.Null(await Store.ReadIndicatorAsync(new(bytes), Cancellation));
    }

    [Fact]
    public async Task First_and_last_shard_work_as_the_others()
    {
        ShardModel[] models = [Model(0), Model(1), Model(Store.Shards.Count - 1)];
        foreach (var model in models)
        {
            await CommitAsync(model, 1, 2);
            await CommitAsync(model, 1);
        }

        foreach (var model in models)
        {
            await AssertHoldsAsync(model);
        }
    }

    [Fact]
    public async Task Empty_states_and_details_come_back_empty()
    {
        var model = Model();
        var commit = Resized(model.Next(1), detailBytes: 0, stateBytes: 0);

        await model.CommitAsync(Store, commit, Cancellation);

        await AssertHoldsAsync(model);
    }

    [Fact]
    public async Task Commit_ids_of_all_sizes_come_back()
    {
        var model = Model();
        foreach (var id in new[] { UInt128.Zero, UInt128.One, UInt128.MaxValue, UInt128.MaxValue >> 64 })
        {
            var commit = model.Next(1);
            await model.CommitAsync(Store, commit with { Row = commit.Row with { CommitId = id } }, Cancellation);
        }

        await AssertHoldsAsync(model);
    }

    [Fact]
    public async Task Commit_of_the_largest_detail_is_kept() =>
        await AssertKeptAsync(changes: 1, detailBytes: Limits.DetailBytes, stateBytes: 1);

    [Fact]
    public async Task Commit_of_the_largest_state_is_kept() =>
        await AssertKeptAsync(changes: 1, detailBytes: 1, stateBytes: Limits.StateBytes);

    [Fact]
    public async Task Commit_of_the_most_changes_is_kept() =>
        await AssertKeptAsync(Limits.Changes, detailBytes: 100, stateBytes: 600);

    [Fact]
    public async Task Commit_of_the_most_changes_and_bytes_is_kept()
    {
        var bytes = Limits.CommitBytes / Limits.Changes;
        var detailBytes = Math.Min(bytes / 8, Limits.DetailBytes);

        await AssertKeptAsync(Limits.Changes, detailBytes, Math.Min(bytes - detailBytes, Limits.StateBytes));
    }

    [Fact]
    public async Task Largest_commits_of_many_shards_at_the_same_time_are_kept()
    {
        ShardModel[] models = [.. Enumerable.Range(0, 12).Select(Model)];
        var (changes, bytes) = (Limits.Changes / 4, Limits.CommitBytes / Limits.Changes);
        var detailBytes = Math.Min(bytes / 8, Limits.DetailBytes);
        var stateBytes = Math.Min(bytes - detailBytes, Limits.StateBytes);

        await Task.WhenAll(
            models.Select(model =>
                model.CommitAsync(
                    Store,
                    Resized(model.Next([.. Enumerable.Range(0, changes)]), detailBytes, stateBytes),
                    Cancellation
                )
            )
        );

        foreach (var model in models)
        {
            await AssertHoldsAsync(model);
        }
    }

    [Fact]
    public async Task Two_users_that_write_different_shards_do_not_disturb_each_other()
    {
        ShardModel[] models = [.. Enumerable.Range(0, 40).Select(Model)];

        await Task.WhenAll(
            models.Select(
                async (model, i) =>
                {
                    for (var round = 0; round < 5; round++)
                    {
                        var user = i % 2 == 0 ? Store : Storage.Rival;
                        await model.CommitAsync(user, model.Next(round, 10 + round), Cancellation);
                    }
                }
            )
        );

        foreach (var model in models)
        {
            await AssertHoldsAsync(model);
        }
    }

    [Fact]
    public async Task What_one_user_committed_the_other_reads_and_builds_on()
    {
        var model = Model();
        for (var round = 0; round < 10; round++)
        {
            var (writer, reader) = round % 2 == 0 ? (Store, Storage.Rival) : (Storage.Rival, Store);
            await model.CommitAsync(writer, model.Next(1, 10 + round), Cancellation);

            await ShardAssert.HoldsAsync(model, reader, Cancellation);
        }
    }

    [Fact]
    public async Task Cancelled_before_it_runs_a_commit_writes_nothing()
    {
        var model = Model();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.CommitAsync(model.Next(1), new CancellationToken(canceled: true))
        );

        await AssertHoldsAsync(model);
        Assert.Null(await Store.ReadIndicatorAsync(model.Token(1), Cancellation));
    }

    [Fact]
    public async Task Shard_that_the_exchange_lacks_is_refused()
    {
        var shard = new Shard(Store.Shards.Count);
        var commit = Model().Next(1);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await Store.ReadHeadAsync(shard, Cancellation)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            ShardAssert.ReadAsync(Store, shard, 0, Cancellation)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            CommitAsync(commit with { Row = commit.Row with { Shard = shard } })
        );
    }

    [Fact]
    public async Task Commit_that_breaks_a_rule_is_refused()
    {
        var model = Model();
        var commit = model.Next(1);

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(commit with { Indicators = [] }));

        await AssertHoldsAsync(model);
    }

    private async Task AssertKeptAsync(int changes, int detailBytes, int stateBytes)
    {
        var model = Model();
        int[] numbers = [.. Enumerable.Range(0, changes)];

        await model.CommitAsync(Store, Resized(model.Next(numbers), detailBytes, stateBytes), Cancellation);
        await model.CommitAsync(Store, Resized(model.Next(numbers), detailBytes, stateBytes), Cancellation);

        await AssertHoldsAsync(model);
    }

    private static ShardCommit Resized(ShardCommit commit, int detailBytes, int stateBytes) =>
        commit with
        {
            Row = commit.Row with
            {
                Changes =
                [
                    .. commit.Row.Changes.Select(change =>
                        change with
                        {
                            Detail = Filled(detailBytes, change.Token.Prefix),
                        }
                    ),
                ],
            },
            Indicators =
            [
                .. commit.Indicators.Select(write => write with { State = Filled(stateBytes, write.Token.Prefix) }),
            ],
        };

    private static byte[] Filled(int bytes, ulong seed) =>
        [.. Enumerable.Range(0, bytes).Select(i => (byte)((ulong)i + seed))];
}
