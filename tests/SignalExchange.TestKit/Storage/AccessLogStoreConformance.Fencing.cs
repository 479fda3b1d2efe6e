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

    private static async Task AssertFencedAsync(Func<ValueTask> write) =>
        await Assert.ThrowsAsync<AccessLogFencedException>(async () => await write());
}
