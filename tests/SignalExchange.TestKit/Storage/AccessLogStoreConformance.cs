using SignalExchange.Storage.AccessLog;

namespace SignalExchange.TestKit.Storage;

/// <summary>What every engine's <see cref="IAccessLogStore"/> does. An engine's tests derive from it.</summary>
public abstract partial class AccessLogStoreConformance : IAsyncLifetime
{
    private const string Log = "silo-1";

    private IAccessLogStorageUnderTest? _storage;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IAccessLogStore Store => _storage!.Logs;

    public async ValueTask InitializeAsync() => _storage = await CreateAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _storage!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes new, empty storage.</summary>
    protected abstract Task<IAccessLogStorageUnderTest> CreateAsync(CancellationToken cancellationToken);

    private Task ReopenAsync() => _storage!.ReopenAsync(Cancellation);

    private ValueTask<AccessLogLease> AcquireAsync(string log = Log) => Store.AcquireAsync(log, Cancellation);

    private ValueTask AppendAsync(AccessLogLease lease, long first, int count) =>
        Store.AppendAsync(lease, first, AccessLogRecords.From(first, count), Cancellation);

    private ValueTask<AccessLogExtent> ExtentAsync() => Store.ReadExtentAsync(Log, Cancellation);

    // Reads until there is no more, and fails unless it is what was appended.
    private async Task AssertHoldsAsync(long first, long size, string log = Log)
    {
        var next = first;
        while (await Store.ReadAsync(log, next, 700, Cancellation) is { Count: > 0 } page)
        {
            foreach (var record in page)
            {
                var expected = AccessLogRecords.Of(next++);
                Assert.Equal(expected.Entry.ToArray(), record.Entry.ToArray());
                Assert.Equal(expected.SealedDetail.ToArray(), record.SealedDetail.ToArray());
            }
        }

        Assert.Equal(size, next);
        Assert.Equal(size, (await Store.ReadExtentAsync(log, Cancellation)).Size);
    }
}
