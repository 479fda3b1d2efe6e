using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Storage.Azure.Shards;

namespace SignalExchange.Storage.Azure;

/// <summary>The storage on Azure Tables: shards over one or more accounts, a partition each, and ordinary grain states.</summary>
/// <remarks>
/// Safe from any thread, and beside others on the same tables. Open it once; what is called before gets
/// <see cref="InvalidOperationException"/>, what is called after it was disposed gets <see cref="ObjectDisposedException"/>.
/// Every acknowledged write is a transaction that the service has acknowledged.
/// </remarks>
public sealed class AzureExchangeStore
    : IShardStore,
        IGrainStateStore,
        IOpenableStorage,
        IStorageHealth,
        IAsyncDisposable
{
    private readonly AzureStorageOptions _options;
    private readonly ILogger<AzureExchangeStore> _logger;
    private readonly Func<HttpPipelineTransport, HttpPipelineTransport>? _around;
    private readonly OpenedOnce<AzureSession> _session;

    /// <summary>Creates the storage, closed.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="logger">Hears of opening, closing and failures; never of content.</param>
    public AzureExchangeStore(IOptions<AzureStorageOptions> options, ILogger<AzureExchangeStore> logger)
        : this(options, logger, around: null) { }

    /// <summary>Creates the storage, closed, with something between it and its connections: tests make faults with it.</summary>
    internal AzureExchangeStore(
        IOptions<AzureStorageOptions> options,
        ILogger<AzureExchangeStore> logger,
        Func<HttpPipelineTransport, HttpPipelineTransport>? around
    )
    {
        (_options, _logger, _around) = (options.Value, logger, around);
        Shards = new(_options.ShardCount);
        _session = new(this);
    }

    /// <inheritdoc/>
    public ShardMap Shards { get; }

    /// <inheritdoc/>
    public ShardCommitLimits Limits => CommitSize.Limits;

    /// <summary>Gets the writes that wait for their turn.</summary>
    public int WaitingWrites => Session.Writes.Waiting;

    /// <inheritdoc/>
    public StorageStanding Standing =>
        _session.ValueOrNull is { } open
            ? new(open.Health.IsWritable, open.Writes.Waiting, Bytes: null, FreeBytes: null)
            : StorageStanding.Closed;

    /// <summary>Gets the transactions of shards so far, whatever became of them.</summary>
    internal long Transactions => Session.Committer.Transactions;

    private AzureSession Session => _session.Value;

    /// <summary>Makes the tables or checks them, and is ready. Does nothing when it is open.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageFormatException">The tables are newer, or hold other shards.</exception>
    /// <exception cref="StorageUnavailableException">An account can't be used.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) =>
        _session.OpenAsync(
            () => AzureSession.OpenAsync(_options, _around, _logger, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    /// <remarks>
    /// A head is an entity of its shard's partition, since a transaction is of one partition. No query finds those of several without reading all
    /// that lies between them.
    /// </remarks>
    public bool ReadsHeadsTogether => false;

    /// <inheritdoc/>
    public async ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken)
    {
        ShardCommitRules.CheckShard(shard, Shards);
        return (await Session.Reader.HeadAsync(shard, cancellationToken)).Sequence;
    }

    /// <inheritdoc/>
    public Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken)
    {
        ShardCommitRules.Check(commit, Shards);
        CommitSize.Check(commit);
        var session = Session;
        return WriteAsync(session, () => session.Committer.CommitAsync(commit), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LogRow> ReadLogAsync(Shard shard, long afterSequence, CancellationToken cancellationToken)
    {
        ShardCommitRules.CheckShard(shard, Shards);
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        return Session.Reader.LogAsync(shard, afterSequence, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        await Session.Reader.IndicatorAsync(Shards.ShardOf(token), token, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<GrainStateRow?> ReadAsync(
        string stateName,
        string grainId,
        CancellationToken cancellationToken
    )
    {
        var states = Session.States;
        return await states.ReadAsync(states.Key(stateName, grainId), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string> WriteAsync(
        string stateName,
        string grainId,
        ReadOnlyMemory<byte> payload,
        string? expectedETag,
        CancellationToken cancellationToken
    )
    {
        var session = Session;
        var key = session.States.Key(stateName, grainId);
        return WriteAsync(session, () => session.States.WriteAsync(key, payload, expectedETag), cancellationToken);
    }

    /// <inheritdoc/>
    public Task ClearAsync(string stateName, string grainId, string? expectedETag, CancellationToken cancellationToken)
    {
        var session = Session;
        var key = session.States.Key(stateName, grainId);
        return WriteAsync(session, () => session.States.ClearAsync(key, expectedETag), cancellationToken);
    }

    /// <summary>Waits for the writes that run, and lets go of the connections.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private static Task<TResult> WriteAsync<TResult>(
        AzureSession session,
        Func<Task<TResult>> write,
        CancellationToken cancellationToken
    ) => session.Writes.RunAsync(() => session.Health.NoteAsync(write), cancellationToken);
}
