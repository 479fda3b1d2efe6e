namespace SignalExchange.TestKit.Storage;

public abstract partial class ShardStoreConformance
{
    // More than an engine is likely to read at a time.
    private const int ManyRows = 300;

    [Fact]
    public async Task Log_is_dense_and_in_order()
    {
        var model = Model();
        for (var i = 0; i < 12; i++)
        {
            await CommitAsync(model, [.. Enumerable.Range(i, (i % 3) + 1)]);
        }

        var rows = await ShardAssert.ReadAsync(Store, model.Shard, 0, Cancellation);

        Assert.Equal(
            rows.Select(row => row.FirstSequence - 1),
            rows.Select(row => row.LastSequence).Prepend(0).SkipLast(1)
        );
        Assert.Equal(model.Head, rows[^1].LastSequence);
    }

    [Fact]
    public async Task Log_can_be_read_from_any_sequence()
    {
        var model = Model();
        await CommitAsync(model, 1, 2, 3);
        await CommitAsync(model, 4);
        await CommitAsync(model, 1, 4);

        for (var after = 0L; after <= model.Head + 1; after++)
        {
            // A row whose middle is meant is returned whole.
            ShardAssert.Same(
                model.Log.Where(row => row.LastSequence > after),
                await ShardAssert.ReadAsync(Store, model.Shard, after, Cancellation)
            );
        }

        Assert.Empty(await ShardAssert.ReadAsync(Store, model.Shard, long.MaxValue, Cancellation));
    }

    [Fact]
    public async Task Long_log_is_read_to_its_end()
    {
        var (model, next) = (Model(3), Model(4));
        await CommitAsync(next, 1);
        for (var i = 0; i < ManyRows; i++)
        {
            await CommitAsync(model, i % 7);
        }

        await AssertHoldsAsync(model);
        Assert.Single(await ShardAssert.ReadAsync(Store, model.Shard, ManyRows - 1, Cancellation));
    }

    [Fact]
    public async Task Log_of_large_rows_is_read_to_its_end()
    {
        var model = Model();
        for (var i = 0; i < 40; i++)
        {
            await model.CommitAsync(Store, Resized(model.Next(i), Limits.DetailBytes, stateBytes: 1), Cancellation);
        }

        await AssertHoldsAsync(model);
    }

    [Fact]
    public async Task Row_that_is_read_has_its_states_written()
    {
        var model = Model();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await CommitAsync(model, i);
            }
        });

        for (long seen = 0; seen < 50; )
        {
            await foreach (var row in Store.ReadLogAsync(model.Shard, seen, Cancellation))
            {
                Assert.Equal(seen + 1, row.FirstSequence);
                seen = row.LastSequence;
                var stored = await Store.ReadIndicatorAsync(row.Changes[0].Token, Cancellation);
                Assert.Equal(row.FirstSequence, stored?.Version);
                Assert.True(await Store.ReadHeadAsync(model.Shard, Cancellation) >= seen);
            }

            Assert.False(writing.IsFaulted, "The writer failed.");
        }

        await writing;
    }

    [Fact]
    public async Task Reading_a_log_can_be_cancelled()
    {
        var model = Model();
        await CommitAsync(model, 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            ShardAssert.ReadAsync(Store, model.Shard, 0, new CancellationToken(canceled: true))
        );
    }
}
