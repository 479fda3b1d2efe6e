using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage;

namespace SignalExchange.Audit.Search;

/// <summary>Reads the log from where it stopped, batch by batch, into the index.</summary>
internal sealed class SearchFollower(
    IAccessLogReader log,
    SearchDatabase database,
    SearchIndexer indexer,
    IOptions<SearchOptions> options,
    AuditMetrics metrics,
    TimeProvider time,
    ILogger<SearchFollower> logger
) : BackgroundService, ISearchFollower
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly SearchOptions _options = options.Value;
    private readonly SemaphoreSlim _adding = new(1);
    private long _size;
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public long IndexedSize => Volatile.Read(ref _size);

    /// <inheritdoc/>
    public async Task WaitForAsync(long index, CancellationToken cancellationToken)
    {
        while (true)
        {
            var grown = Volatile.Read(ref _grown).Task; // Before the size is read, so that no growth is missed.
            if (IndexedSize > index)
            {
                return;
            }

            await grown.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<long> ForgetAsync(LogPeriod period, LogRetention retention, CancellationToken cancellationToken)
    {
        await _adding.WaitAsync(cancellationToken);
        try
        {
            return await indexer.ShredAsync(period, retention, cancellationToken);
        }
        finally
        {
            _adding.Release();
        }
    }

    /// <summary>Reads all that the log holds.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (await AddNextAsync(cancellationToken)) { }
    }

    /// <inheritdoc/>
    public Task<string?> FindDamageAsync(CancellationToken cancellationToken) =>
        database.FindDamageAsync(cancellationToken);

    /// <summary>Finds where to go on, and forgets what was shredded while nobody told it. An index that is not what was written is made anew.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var size = await FindSizeAsync(cancellationToken);

        Grow(size);
        foreach (var (period, retention, first) in await database.ReadAsync(Spans, cancellationToken))
        {
            await foreach (var entry in log.ReadAsync(first, 1, cancellationToken))
            {
                if (entry.State == DetailState.Shredded)
                {
                    await ForgetAsync(period, retention, cancellationToken);
                }
            }
        }

        await indexer.NoteAlarmsAsync(cancellationToken);
        SearchLog.Follows(logger, size);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var isResumed = false; !stoppingToken.IsCancellationRequested; )
        {
            var delay = _options.PollInterval;
            try
            {
                if (!isResumed || database.IsDamaged)
                {
                    await ResumeAsync(stoppingToken);
                    isResumed = true;
                }

                await CatchUpAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                delay = RetryDelay;
                isResumed &= exception is StorageUnavailableException or AccessLogUnavailableException;
                SearchLog.Stopped(logger, IndexedSize, delay.TotalMilliseconds, exception);
            }

            await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<long> FindSizeAsync(CancellationToken cancellationToken)
    {
        var damage = await database.FindDamageAsync(cancellationToken);
        var size = damage is null ? await indexer.SizeAsync(cancellationToken) : 0;
        // Of a shorter log: not the one that it was made from.
        damage ??= size > log.Size ? "it was ahead of the log" : null;
        if (damage is null)
        {
            return size;
        }

        Grow(0);
        await indexer.StartOverAsync(damage, cancellationToken);
        return 0;
    }

    private static List<(LogPeriod Period, LogRetention Retention, long First)> Spans(SearchConnection connection) =>
        connection["SELECT period, retention, first FROM span ORDER BY period, retention"]
            .All(row => (new LogPeriod((int)row.Int64(0)), (LogRetention)row.Int64(1), row.Int64(2)));

    private async Task<bool> AddNextAsync(CancellationToken cancellationToken)
    {
        await _adding.WaitAsync(cancellationToken);
        try
        {
            var size = IndexedSize;
            var count = Math.Min(log.Size - size, _options.MaxBatchEntries);
            if (count <= 0)
            {
                return false;
            }

            var entries = await log.ReadAsync(size, count, cancellationToken).ToListAsync(cancellationToken);
            if (entries.Count == 0)
            {
                return false;
            }

            await indexer.AddAsync(entries, cancellationToken);
            Grow(size + entries.Count);
            return true;
        }
        finally
        {
            _adding.Release();
        }
    }

    private void Grow(long size)
    {
        Volatile.Write(ref _size, size);
        metrics.NoteIndexed(size);
        Interlocked.Exchange(ref _grown, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
