using SignalExchange.Storage.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.AccessLog;

/// <summary>A log's life in a process, with what was acknowledged to it; may end at any moment.</summary>
internal sealed class LogLife(string log)
{
    private const int Groups = 10;
    private const int GroupSize = 3;

    private long _acknowledged;
    private long _attempted;
    private byte _checkpoint;
    private byte _attemptedCheckpoint;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Lives: takes the log, appends, publishes and trims.</summary>
    /// <returns>Whether it came to its end; false when it died.</returns>
    public async Task<bool> LiveAsync(IAccessLogStore store)
    {
        try
        {
            var lease = await store.AcquireAsync(log, Ct);
            for (byte group = 1; group <= Groups; group++)
            {
                _attempted += GroupSize;
                await store.AppendAsync(lease, _acknowledged, AccessLogRecords.From(_acknowledged, GroupSize), Ct);
                _acknowledged = _attempted;
                if (group % 5 == 0)
                {
                    await PublishAsync(store, lease, group);
                }
            }

            return true;
        }
        catch (ProcessDiedException)
        {
            return false;
        }
    }

    /// <summary>Fails unless all that was acknowledged is there, nothing else but what was under way, and the log takes more.</summary>
    public async Task AssertGoesOnAsync(IAccessLogStore store)
    {
        var lease = await store.AcquireAsync(log, Ct);
        var extent = await store.ReadExtentAsync(log, Ct);
        Assert.Contains(extent.Size, new[] { _acknowledged, _attempted });
        await AssertHoldsAsync(store, extent);

        var checkpoint = (await store.GetAsync(log, AccessLogPaths.Checkpoint, Ct))?.Span[0] ?? 0;
        Assert.Contains(checkpoint, new[] { _checkpoint, _attemptedCheckpoint });

        await store.AppendAsync(lease, extent.Size, AccessLogRecords.From(extent.Size, 1), Ct);
        await AssertHoldsAsync(store, await store.ReadExtentAsync(log, Ct));
    }

    private async Task PublishAsync(IAccessLogStore store, AccessLogLease lease, byte group)
    {
        await store.PutAsync(lease, $"tile/0/000.p/{group}", new[] { group }, Ct);
        _attemptedCheckpoint = group;
        await store.PutAsync(lease, AccessLogPaths.Checkpoint, new[] { group }, Ct);
        _checkpoint = group;
        await store.MarkPublishedAsync(lease, _acknowledged, Ct);
        await store.TrimAsync(lease, _acknowledged - GroupSize, Ct);
    }

    private async Task AssertHoldsAsync(IAccessLogStore store, AccessLogExtent extent)
    {
        for (var next = extent.First; next < extent.Size; )
        {
            foreach (var record in await store.ReadAsync(log, next, 100, Ct))
            {
                Assert.Equal(AccessLogRecords.Of(next++).Entry.ToArray(), record.Entry.ToArray());
            }
        }
    }
}
