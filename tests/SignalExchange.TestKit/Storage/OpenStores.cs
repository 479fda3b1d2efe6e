using SignalExchange.Storage;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.TestKit.Storage;

/// <summary>The stores of an engine that are open on one place.</summary>
/// <param name="Shards">Its shards.</param>
/// <param name="States">Its grain states.</param>
/// <param name="Logs">Its access logs.</param>
public sealed record OpenStores(IShardStore Shards, IGrainStateStore States, IAccessLogStore Logs) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        foreach (var store in (object[])[Logs, Shards])
        {
            await ((IAsyncDisposable)store).DisposeAsync();
        }
    }
}
