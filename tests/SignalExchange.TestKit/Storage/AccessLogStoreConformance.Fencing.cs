using SignalExchange.Storage;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.TestKit.Storage;

public abstract partial class AccessLogStoreConformance
{
    [Fact]
    public async Task Only_the_last_one_who_took_the_log_writes_it()
    {
        var older = await AcquireAsync();
        await AppendAsync(older, 0, 2);
        var newer = await AcquireAsync();

        await AssertFencedAsync(() => AppendAsync(older, 2, 1));
        await AssertFencedAsync(async () => await Store.SettleAsync(older, Cancellation));
        await AssertFencedAsync(() => Store.MarkPublishedAsync(older, 2, Cancellation));
        await AssertFencedAsync(() => Store.TrimAsync(older, 0, Cancellation));
        await AssertFencedAsync(() => Store.PutAsync(older, AccessLogPaths.Checkpoint, new byte[1], Cancellation));
        await AssertFencedAsync(() => Store.DeletePartialsAsync(older, "tile/0/000", Cancellation));

        await AppendAsync(newer, 2, 1);
        await AssertHoldsAsync(0, 3);
        Assert.Null(await Store.GetAsync(Log, AccessLogPaths.Checkpoint, Cancellation));
    }

    [Fact]
    public async Task Of_many_writers_that_append_at_once_each_index_has_one()
    {
        var leases = new List<AccessLogLease>();
        for (var i = 0; i < 8; i++)
        {
            leases.Add(await AcquireAsync());
        }

        var outcomes = await Task.WhenAll(
            leases.Select(async lease =>
            {
                try
                {
                    await AppendAsync(lease, 0, 10);
                    return true;
                }
                catch (AccessLogFencedException)
                {
                    return false;
                }
            })
        );

        Assert.Equal([.. Enumerable.Repeat(false, 7), true], outcomes);
        await AssertHoldsAsync(0, 10);
    }

    [Fact]
    public async Task Log_that_is_settled_again_and_again_is_what_was_appended_and_takes_the_next()
    {
        var lease = await AcquireAsync();
        Assert.Equal(0, (await Store.SettleAsync(lease, Cancellation)).Size);
        await AppendAsync(lease, 0, 3);
        await Store.MarkPublishedAsync(lease, 2, Cancellation);

        Assert.Equal(new(0, 3, 2), await Store.SettleAsync(lease, Cancellation));
        await AppendAsync(lease, 3, 1);
        await ReopenAsync();
        Assert.Equal(new(0, 4, 2), await Store.SettleAsync(lease, Cancellation));
        await AppendAsync(lease, 4, 1);
        var next = await AcquireAsync();
        await AppendAsync(next, 5, 1);

        await AssertHoldsAsync(0, 6);
    }

    [Fact]
    public async Task Append_that_runs_while_the_log_is_settled_is_in_what_is_told_or_never()
    {
        var (lease, size) = (await AcquireAsync(), 0L);
        for (var round = 0; round < 20; round++)
        {
            var append = AppendAsync(lease, size, 1).AsTask();
            var settled = (await Store.SettleAsync(lease, Cancellation)).Size;
            try
            {
                await append;
                size++;
            }
            catch (StaleStateException)
            {
                // It was late.
            }

            Assert.Equal(size, settled);
            await AppendAsync(lease, size++, 1);
        }

        await AssertHoldsAsync(0, size);
    }

    private static async Task AssertFencedAsync(Func<ValueTask> write) =>
        await Assert.ThrowsAsync<AccessLogFencedException>(async () => await write());
}
