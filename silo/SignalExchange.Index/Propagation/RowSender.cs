using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace SignalExchange.Index.Propagation;

/// <summary>What waits for one other silo, and the loop that brings it there.</summary>
internal sealed class RowSender
{
    private readonly Channel<CommittedRow> _waiting;
    private readonly IIndexFeedService _feed;
    private readonly IndexMetrics _metrics;
    private readonly IndexOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public RowSender(
        IIndexFeedService feed,
        IndexMetrics metrics,
        IndexOptions options,
        TimeProvider time,
        ILogger logger,
        CancellationToken stoppingToken
    )
    {
        (_feed, _metrics, _options, _time, _logger) = (feed, metrics, options, time, logger);
        _waiting = Channel.CreateBounded<CommittedRow>(
            new BoundedChannelOptions(options.MaxWaitingRows) { SingleReader = true }
        );
        Ended = Send(stoppingToken);
    }

    /// <summary>Gets a task that ends with the loop.</summary>
    public Task Ended { get; }

    /// <summary>Adds a row; drops it when too many wait.</summary>
    public void Add(CommittedRow row)
    {
        if (!_waiting.Writer.TryWrite(row))
        {
            _metrics.Dropped(1);
        }
    }

    /// <summary>Ends the loop: the silo is gone.</summary>
    public void Close() => _waiting.Writer.TryComplete();

    private async Task Send(CancellationToken stoppingToken)
    {
        var batch = new List<CommittedRow>();
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(_options.PublishInterval, _time, stoppingToken); // for company: a call carries many rows as well as one
            var bytes = 0;
            for (batch.Clear(); bytes < _options.MaxBatchBytes && _waiting.Reader.TryRead(out var row); batch.Add(row))
            {
                bytes += row.Changes.Length;
            }

            await TryDeliver([.. batch]);
        }
    }

    private async Task TryDeliver(CommittedRow[] batch)
    {
        try
        {
            await _feed.Deliver(batch.AsImmutable());
        }
        // Whatever it was: the other silo reads from the log what it lacks.
        catch (Exception failure)
        {
            _metrics.Dropped(batch.Length);
            IndexLog.NotDelivered(_logger, failure, batch.Length);
        }
    }
}
