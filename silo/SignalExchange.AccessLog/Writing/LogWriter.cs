using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Keys;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.AccessLog.Writing;

/// <summary>Takes entries, writes them in groups, and answers when they are on stable storage.</summary>
/// <remarks>
/// <para>
/// Safe from any thread. A caller's thread seals its own entry. One loop takes whoever waits, up to a bound, and writes them at
/// once; the next group gathers while the disk works, so a lone entry waits for nobody and a full house shares its waits.
/// </para>
/// <para>Before the log was started and after it was stopped, entries get <see cref="AccessLogUnavailableException"/>.</para>
/// </remarks>
public sealed class LogWriter : IEntryWriter
{
    // A group of large details must not become a write that takes long: 8 MiB, four groups a second on a slow disk.
    private const long MaxGroupBytes = 8 * 1024 * 1024;

    private readonly AccessLogOptions _options;
    private readonly LogState _state;
    private readonly AccessLogMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<LogWriter> _logger;
    private readonly WaitingLine _line;
    private volatile KeyRing? _keys;
    private volatile string? _refusal = "The access log has not been started.";
    private LogClock? _clock;
    private Action? _onWritten;
    private long _holds;
    private bool _isHolding;
    private Task _loop = Task.CompletedTask;
    private Task _watch = Task.CompletedTask;

    internal LogWriter(
        IOptions<AccessLogOptions> options,
        LogState state,
        AccessLogMetrics metrics,
        TimeProvider time,
        ILogger<LogWriter> logger
    )
    {
        (_options, _state, _metrics, _time, _logger) = (options.Value, state, metrics, time, logger);
        _line = new(_options.MaxWaitingEntries);
    }

    /// <summary>Gets how many entries wait to be written.</summary>
    public int Waiting => _line.Count;

    /// <inheritdoc/>
    public EntryDraft Begin(LogRetention retention) => new(KeyFor(retention));

    /// <inheritdoc/>
    public ValueTask<LogReceipt> AppendAsync(EntryDraft draft, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfRefusing();
        var entry = new PendingEntry(draft.Seal(), _options.Origin, draft.Detail.Salt, _time.GetTimestamp());
        if (!_line.TryJoin(entry))
        {
            _metrics.NoteBusy();
            throw new AccessLogBusyException(
                $"{_options.MaxWaitingEntries} entries wait for the access log already. Try again later."
            );
        }

        if (_refusal is { } refusal)
        {
            // The log stopped meanwhile: nobody may come for this one.
            entry.TryFail(new AccessLogUnavailableException(refusal));
        }

        return entry.WaitAsync(cancellationToken);
    }

    /// <summary>Appends an entry that was made in one go. Returns after it is on stable storage.</summary>
    /// <param name="detail">What it says; gets a salt when it has none. Left alone afterwards.</param>
    /// <param name="retention">How long it is kept; must be stated.</param>
    /// <param name="cancellationToken">Ends the wait; the entry may be written all the same.</param>
    /// <inheritdoc cref="AppendAsync(EntryDraft, CancellationToken)"/>
    public ValueTask<LogReceipt> AppendAsync(
        AccessLogDetail detail,
        LogRetention retention,
        CancellationToken cancellationToken
    ) => AppendAsync(new EntryDraft(KeyFor(retention), detail), cancellationToken);

    /// <summary>Begins to take entries.</summary>
    /// <param name="store">Where they go.</param>
    /// <param name="lease">The right to write there.</param>
    /// <param name="size">The entries that are there.</param>
    /// <param name="keys">The keys that seal.</param>
    /// <param name="clock">Goes on from the last entry.</param>
    /// <param name="onWritten">Called after each group.</param>
    internal void Start(
        IAccessLogStore store,
        AccessLogLease lease,
        long size,
        KeyRing keys,
        LogClock clock,
        Action onWritten
    )
    {
        (_keys, _clock, _onWritten) = (keys, clock, onWritten);
        _state.NoteHead(size);
        _refusal = null;
        var group = new GroupWriter(store, lease, size, clock, _logger, _options.Origin);
        _loop = WriterThread.Run(() => RunAsync(group));
        _watch = WatchAsync(_loop);
    }

    /// <summary>Takes no more entries, writes those that wait, and ends.</summary>
    internal async Task StopAsync()
    {
        _refusal ??= "The access log is stopping.";
        _line.Close();
        await _loop;
        FailWaiting(_refusal);
        await _watch;
    }

    private DetailKey KeyFor(LogRetention retention)
    {
        if (retention is not (LogRetention.Traffic or LogRetention.Administration))
        {
            throw new ArgumentOutOfRangeException(nameof(retention), "An entry states how long its detail is kept.");
        }

        ThrowIfRefusing();
        return _keys!.Get(new(_clock!.Period, retention));
    }

    private void ThrowIfRefusing()
    {
        if (_refusal is { } refusal)
        {
            throw new AccessLogUnavailableException(refusal);
        }
    }

    private async Task RunAsync(GroupWriter writer)
    {
        while (await _line.WaitAsync())
        {
            var group = _line.Take(_options.MaxGroupEntries, MaxGroupBytes);
            if (group.Count > 0 && !await TryWriteAsync(writer, group))
            {
                break;
            }
        }
    }

    // Returns false when the log can't be written by this process any more.
    private async ValueTask<bool> TryWriteAsync(GroupWriter writer, IReadOnlyList<PendingEntry> group)
    {
        try
        {
            var first = await writer.WriteAsync(group);
            NoteWritten(writer.Size, group);
            for (var i = 0; i < group.Count; i++)
            {
                group[i].TryComplete(first + i);
            }

            return true;
        }
        catch (Exception exception)
        {
            return Fail(writer.Size, group, exception);
        }
    }

    private void NoteWritten(long size, IReadOnlyList<PendingEntry> group)
    {
        if (!_state.Current.IsWritable)
        {
            AccessLogLog.WritingWorksAgain(_logger, _options.Origin, size);
        }

        _state.NoteHead(size);
        _metrics.NoteGroup(group.Count, _time.GetElapsedTime(group[0].QueuedAt));
        NoteClock(_clock!.Holds);
        _onWritten?.Invoke();
    }

    // Told once a jump, counted once a group.
    private void NoteClock(long holds)
    {
        if (holds > _holds)
        {
            _metrics.NoteClockHeld();
            if (!_isHolding)
            {
                AccessLogLog.ClockJumpedBack(_logger, _options.Origin);
            }
        }

        (_isHolding, _holds) = (holds > _holds, holds);
    }

    private bool Fail(long size, IReadOnlyList<PendingEntry> group, Exception exception)
    {
        var isLost =
            exception is AccessLogFencedException or AccessLogDamagedException or AccessLogStoredWrongException;
        var reason = isLost
            ? "This process can't write the access log any more: another one took it, or it is damaged."
            : "The access log can't be written.";
        NoteFailure(size, isLost, reason, exception);
        _metrics.NoteFailed(group.Count);
        foreach (var entry in group)
        {
            entry.TryFail(new AccessLogUnavailableException(reason, exception));
        }

        if (isLost)
        {
            FailWaiting(reason);
        }

        return !isLost;
    }

    private void NoteFailure(long size, bool isLost, string reason, Exception exception)
    {
        if (isLost)
        {
            _refusal = reason;
            AccessLogLog.Stopped(_logger, exception, _options.Origin, size);
        }
        else if (_state.Current.IsWritable)
        {
            AccessLogLog.WritingFails(_logger, exception, _options.Origin, size);
        }

        _state.NoteWritingFails(reason);
    }

    private void FailWaiting(string reason) =>
        _line.GiveUp(long.MaxValue, () => new AccessLogUnavailableException(reason));

    private async Task WatchAsync(Task loop)
    {
        while (!loop.IsCompleted)
        {
            await Task.WhenAny(loop, Task.Delay(_options.AppendTimeout / 20, _time));
            var patience = (long)(_options.AppendTimeout.TotalSeconds * _time.TimestampFrequency);
            var told = _line.GiveUp(
                _time.GetTimestamp() - patience,
                () => new AccessLogUnavailableException("The access log did not take the entry in time.")
            );
            if (told > 0)
            {
                _metrics.NoteTimeouts(told);
                AccessLogLog.CallersGaveUp(_logger, _options.Origin, told);
                _state.NoteWritingFails("The access log is slower than its callers' patience.");
            }
        }
    }
}
