using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Clustering;
using SignalExchange.Storage;

namespace SignalExchange.Index.Propagation;

/// <summary>Brings this silo's commits to every other silo, a batch at a time, each silo on its own: none waits for a slow one.</summary>
internal sealed class RowPublisher(
    IShardStore store,
    ClusterView view,
    IIndexFeeds feeds,
    IndexMetrics metrics,
    IOptions<IndexOptions> options,
    TimeProvider time,
    ILogger<RowPublisher> logger
) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<SiloAddress, RowSender> _senders = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _watching = Task.CompletedTask;

    /// <summary>Passes a row on. Quick; does not throw; a row that finds no room is dropped, and read from the log by who lacks it.</summary>
    public void Publish(LogRow row)
    {
        if (_senders.IsEmpty)
        {
            return;
        }

        var packed = CommittedRow.Of(row);
        foreach (var sender in _senders.Values)
        {
            sender.Add(packed);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watching = store.IsShared ? view.Follow(Follow, time, logger, _stopping.Token) : Task.CompletedTask;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll([_watching, .. _senders.Values.Select(sender => sender.Ended)])
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private void Follow(ClusterShape shape)
    {
        foreach (var gone in _senders.Keys.Except(shape.Others))
        {
            _senders.TryRemove(gone, out var sender);
            sender?.Close();
        }

        foreach (var silo in shape.Others.Where(silo => !_senders.ContainsKey(silo)))
        {
            _senders[silo] = new(feeds.Of(silo), metrics, options.Value, time, logger, _stopping.Token);
        }
    }
}
