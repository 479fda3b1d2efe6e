using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Storage.Postgres.GrainStates;
using SignalExchange.Storage.Postgres.Reads;
using SignalExchange.Storage.Postgres.Writes;

namespace SignalExchange.Storage.Postgres;

/// <summary>The storage of shards and grain states in a PostgreSQL database that all silos share.</summary>
/// <remarks>
/// Safe from any thread. Open it once; what is called before gets <see cref="InvalidOperationException"/>, what is called
/// after it was disposed gets <see cref="ObjectDisposedException"/>. Every acknowledged write is on the server's stable storage.
/// A database that goes away is waited for by nobody: calls fail until it is back, and then go through by themselves.
/// </remarks>
public sealed class PostgresExchangeStore
    : IShardStore,
        IGrainStateStore,
        IOpenableStorage,
        IStorageHealth,
        IAsyncDisposable
{
    private const int ETagDigits = 32;

    private readonly PostgresStorageOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<PostgresExchangeStore> _logger;
    private readonly PostgresMetrics _metrics;
    private readonly OpenedOnce<PostgresSession> _session;

    /// <summary>Creates the storage, closed.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="clock">Measures how long a connection was silent.</param>
    /// <param name="logger">Hears of opening, closing and failures; never of content.</param>
    public PostgresExchangeStore(
        IOptions<PostgresStorageOptions> options,
        TimeProvider clock,
        ILogger<PostgresExchangeStore> logger
    )
    {
        (_options, _clock, _logger) = (options.Value, clock, logger);
        Shards = new(_options.ShardCount);
        _session = new(this);
        _metrics = new(this, () => _session.ValueOrNull);
    }

    /// <inheritdoc/>
    public ShardMap Shards { get; }

    /// <summary>Gets that other silos write to the same storage.</summary>
    public bool IsShared { get; } = true;

    /// <summary>Gets the commits that wait for a writer.</summary>
    public int WaitingWrites => Session.Waiting;

    /// <inheritdoc/>
    public StorageStanding Standing =>
        _session.ValueOrNull is { } open
            ? new(open.IsWritable, open.Waiting, open.Size.Bytes, FreeBytes: null)
            : StorageStanding.Closed;

    /// <summary>Gets the transactions of shards so far, whatever became of them.</summary>
    internal long Transactions => Session.Transactions;

    /// <summary>Gets the bytes of the database; null until the server has answered that for the first time.</summary>
    internal long? DatabaseBytes => Session.Size.Bytes;

    private PostgresSession Session => _session.Value;

    /// <summary>Looks at the server, makes the tables or brings them up to date, and is ready. Does nothing when it is open.</summary>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="StorageFormatException">The tables are not ours, newer, or for another number of shards.</exception>
    /// <exception cref="StorageUnavailableException">The database can't be reached or used.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) =>
        _session.OpenAsync(
            () => PostgresSession.OpenAsync(_options, _clock, _logger, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc/>
    public ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken)
    {
        ShardCommitRules.CheckShard(shard, Shards);
        return Session.Pool.ReadAsync(ShardReads.HeadAsync, shard, cancellationToken);
    }

    /// <summary>Reads the heads of all shards, in order, as they were at one moment.</summary>
    public ValueTask<long[]> ReadHeadsAsync(CancellationToken cancellationToken) =>
        Session.Pool.ReadAsync(ShardReads.HeadsAsync, Shards, cancellationToken);

    /// <inheritdoc/>
    public Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken)
    {
        ShardCommitRules.Check(commit, Shards);
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new PendingCommit(commit);
        Session.QueueOf(commit.Row.Shard).Enqueue(pending);
        return pending.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ShardCommitRules.CheckShard(shard, Shards);
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        for (var after = afterSequence; ; )
        {
            var page = await Session.Pool.ReadAsync(ShardReads.LogPageAsync, (shard, after), cancellationToken);
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count == 0)
            {
                yield break;
            }

            after = page[^1].LastSequence;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        Session.Pool.ReadAsync(ShardReads.IndicatorAsync, token, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<GrainStateRow?> ReadAsync(string stateName, string grainId, CancellationToken cancellationToken) =>
        Session.Pool.ReadAsync(GrainStateStatements.ReadAsync, GrainStateKey.Of(stateName, grainId), cancellationToken);

    /// <inheritdoc/>
    public async Task<string> WriteAsync(
        string stateName,
        string grainId,
        ReadOnlyMemory<byte> payload,
        string? expectedETag,
        CancellationToken cancellationToken
    )
    {
        // Random, so that a state that was removed and made anew never has an ETag that somebody still holds.
        var next = RandomNumberGenerator.GetHexString(ETagDigits, lowercase: true);
        var change = new GrainStateChange(GrainStateKey.Of(stateName, grainId), payload, expectedETag, next);
        return await Session.Pool.WriteAsync(GrainStateStatements.WriteAsync, change, cancellationToken)
            ? next
            : throw new StaleStateException();
    }

    /// <inheritdoc/>
    public async Task ClearAsync(
        string stateName,
        string grainId,
        string? expectedETag,
        CancellationToken cancellationToken
    )
    {
        var key = GrainStateKey.Of(stateName, grainId);
        var isExpected = expectedETag is null
            ? await Session.Pool.ReadAsync(GrainStateStatements.ReadAsync, key, cancellationToken) is null
            : await Session.Pool.WriteAsync(GrainStateStatements.ClearAsync, (key, expectedETag), cancellationToken);
        if (!isExpected)
        {
            throw new StaleStateException();
        }
    }

    /// <summary>Runs the commits that wait and closes the connections.</summary>
    public ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        return _session.DisposeAsync();
    }
}
