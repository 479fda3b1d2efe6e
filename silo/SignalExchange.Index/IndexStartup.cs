using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Index.Snapshots;
using SignalExchange.Index.Templates;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Builds the index from the shards' logs before the silo joins its cluster, and completes it afterwards.</summary>
/// <remarks>
/// <list type="number">
/// <item>At <see cref="BuildStage"/>, before the silo's membership row is written at 8100: takes up the newest snapshot, if there is
/// one that can be used, and reads every log from there, else from its start. No grain runs here yet; a failure keeps the silo from
/// starting. When the silo stops, no grain runs here any more: it writes a snapshot.</item>
/// <item>At <see cref="ReadyStage"/>, when commits reach this silo's feed: reads what was written meanwhile. From then on
/// the feed notices what is missing, and <see cref="IsReady"/> is true.</item>
/// </list>
/// </remarks>
public sealed class IndexStartup : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>The lifecycle stage at which the index is built.</summary>
    public const int BuildStage = ServiceLifecycleStage.AfterRuntimeGrainServices - 50;

    /// <summary>The lifecycle stage at which it is completed.</summary>
    public const int ReadyStage = ServiceLifecycleStage.Active + 1;

    private const int ProgressSteps = 8;
    private const int ManyChanges = 100_000;

    private readonly LocalIndex _index;
    private readonly TemplateIndex _templates;
    private readonly IndexCatchUp _catchUp;
    private readonly ShardMap _shards;
    private readonly IndexOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<IndexStartup> _logger;
    private readonly IndexSnapshots? _snapshots;

    /// <summary>Creates the participant.</summary>
    internal IndexStartup(
        LocalIndex index,
        TemplateIndex templates,
        IndexCatchUp catchUp,
        ShardMap shards,
        IOptions<IndexOptions> options,
        TimeProvider time,
        ILogger<IndexStartup> logger,
        IndexSnapshots? snapshots
    )
    {
        (_index, _templates, _catchUp, _shards) = (index, templates, catchUp, shards);
        (_options, _time, _logger, _snapshots) = (options.Value, time, logger, snapshots);
    }

    /// <summary>Gets whether the index is complete: a silo is not ready before.</summary>
    public bool IsReady => _index.IsComplete;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(nameof(IndexStartup), BuildStage, BuildAsync, KeepAsync);
        observer.Subscribe(nameof(IndexStartup), ReadyStage, CompleteAsync);
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        await (_snapshots?.LoadAsync(cancellationToken) ?? Task.CompletedTask);
        _logger.Building(_shards.Count, _options.BuildParallelism);
        var changes = await ReadAllAsync(reportsProgress: true, cancellationToken);

        // Logs tell of every template that ever was.
        _templates.Sweep(token => _index.TryFind(token, out _));
        GiveBack(changes);
        var elapsed = _time.GetElapsedTime(start);
        _logger.Built((long)elapsed.TotalMilliseconds, changes, _index.Count, _index.MemoryBytes);
    }

    private Task KeepAsync(CancellationToken cancellationToken) =>
        _snapshots?.WriteAsync(cancellationToken) ?? Task.CompletedTask;

    // What reading a long log left behind, half the index's size again, would stay with the process: the collector keeps it for what may come.
    private static void GiveBack(long changes)
    {
        if (changes >= ManyChanges)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var changes = await ReadAllAsync(reportsProgress: false, cancellationToken);
        _index.MarkComplete();
        _logger.Ready(changes);
    }

    private async Task<long> ReadAllAsync(bool reportsProgress, CancellationToken cancellationToken)
    {
        var (done, changes) = (0, 0L);
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _options.BuildParallelism,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(
            _shards.All,
            parallel,
            async (shard, token) =>
            {
                Interlocked.Add(ref changes, await _catchUp.ReadAsync(shard, token));
                Report(Interlocked.Increment(ref done), reportsProgress);
            }
        );
        return changes;
    }

    private void Report(int done, bool reportsProgress)
    {
        if (reportsProgress && done % Math.Max(1, _shards.Count / ProgressSteps) == 0)
        {
            _logger.BuildProgress(done, _shards.Count, _index.Count);
        }
    }
}
