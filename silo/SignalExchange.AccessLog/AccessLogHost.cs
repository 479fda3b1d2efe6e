using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Keys;
using SignalExchange.AccessLog.Reading;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage.AccessLog;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Proofs;

namespace SignalExchange.AccessLog;

/// <summary>The life of this process's log: opened before the first call is accepted, closed after the last was answered.</summary>
/// <remarks>The host calls <see cref="StartAsync"/> and <see cref="StopAsync"/>, once each; the other members are safe from any thread.</remarks>
public sealed class AccessLogHost : IAccessLogReader, IAccessLogProver, ILogRetention, IAsyncDisposable
{
    private readonly AccessLogOptions _options;
    private readonly IAccessLogStore _store;
    private readonly LogOpener _opener;
    private readonly LogWriter _writer;
    private readonly LogState _state;
    private readonly ILogger<AccessLogHost> _logger;
    private OpenLog? _open;

    internal AccessLogHost(
        IOptions<AccessLogOptions> options,
        IAccessLogStore store,
        LogOpener opener,
        LogWriter writer,
        LogState state,
        ILogger<AccessLogHost> logger
    ) => (_options, _store, _opener, _writer, _state, _logger) = (options.Value, store, opener, writer, state, logger);

    /// <inheritdoc/>
    public string Origin => _options.Origin;

    /// <inheritdoc/>
    public long Size => _state.Head;

    /// <inheritdoc/>
    public string VerifierKey => Open.Signer.VerifierKey.ToString();

    /// <inheritdoc/>
    public long PublishedSize => _state.Published;

    /// <inheritdoc/>
    public IReadOnlyList<LegalHold> Holds => Open.Keys.Holds;

    private OpenLog Open =>
        _open ?? throw new AccessLogUnavailableException("The access log has not been started, or was stopped.");

    /// <summary>Takes the log, recovers it, and begins to take entries and to publish.</summary>
    /// <exception cref="AccessLogDamagedException">The log is not as it was left. Nothing was changed.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var open = await _opener.OpenAsync(_writer, cancellationToken);
        _open = open;
        AccessLogLog.Opened(_logger, Origin, _state.Head, _state.Published);
    }

    /// <summary>Takes no more entries, writes those that wait, publishes what there is, and lets go of the keys.</summary>
    /// <param name="cancellationToken">Ends the wait for the last publishing.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _writer.StopAsync();
        if (Interlocked.Exchange(ref _open, null) is { } open)
        {
            await open.StopAsync(cancellationToken);
            AccessLogLog.Closed(_logger, Origin, _state.Head, _state.Published);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LoggedEntry> ReadAsync(long first, long count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Open.Reader.ReadAsync(first, count, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        _store.GetAsync(_options.Log, AccessLogPaths.Checkpoint, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MerkleHash>> ProveInclusionAsync(
        long index,
        long size,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, PublishedSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return await InclusionProof.MakeAsync(Open.ReadTree(), index, size, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MerkleHash>> ProveConsistencyAsync(
        long from,
        long to,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, PublishedSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        return await ConsistencyProof.MakeAsync(Open.ReadTree(), from, to, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<LogProof?> ProveEntryAsync(long index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var open = Open;
        if (
            await ReadCheckpointAsync(cancellationToken) is not { } note
            || open.Signer.Open(note.Span) is not { } checkpoint
            || index >= Checkpoint.Of(checkpoint).Size
        )
        {
            return null;
        }

        var entry = await open.Reader.ReadEntryAsync(index, cancellationToken);
        return await LogProof.MakeAsync(entry, null, index, checkpoint, open.ReadTree(), cancellationToken);
    }

    /// <inheritdoc/>
    public bool IsShredded(LogPeriod period, LogRetention retention) => Open.Keys.IsShredded(period, retention);

    /// <inheritdoc/>
    public IReadOnlyList<KeyName> Due => Open.Keys.Due;

    /// <inheritdoc/>
    public void NoteDue(KeyName key) => Open.Keys.NoteDue(key);

    /// <inheritdoc/>
    public void NoteNotDue(KeyName key) => Open.Keys.NoteNotDue(key);

    /// <inheritdoc/>
    public ShredOutcome Judge(KeyName key) => Open.Keys.Judge(key);

    /// <inheritdoc/>
    public Task<ShredOutcome> ShredAsync(
        LogPeriod period,
        LogRetention retention,
        CancellationToken cancellationToken
    ) => Open.Keys.ShredAsync(period, retention, cancellationToken);

    /// <inheritdoc/>
    public Task PlaceHoldAsync(LegalHold hold, CancellationToken cancellationToken) =>
        Open.Keys.PlaceHoldAsync(hold, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> LiftHoldAsync(string name, CancellationToken cancellationToken) =>
        Open.Keys.LiftHoldAsync(name, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);
}
