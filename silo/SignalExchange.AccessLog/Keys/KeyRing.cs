using System.Collections.Concurrent;
using System.Security.Cryptography;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Keys;

/// <summary>The keys that seal details, each read or made when it is first needed.</summary>
/// <remarks>Safe from any thread. The keys are cleared when it is disposed.</remarks>
internal sealed class KeyRing : ILogRetention, IDisposable
{
    // Calls that began in a period end within a day of it.
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<KeyName, DetailKey> _keys = [];
    private readonly LogKeyFolder _folder;
    private readonly LegalHolds _holds;
    private readonly DueKeys _due;
    private readonly TimeProvider _time;

    /// <summary>Opens the ring.</summary>
    /// <exception cref="AccessLogDamagedException">The record of legal holds can't be read.</exception>
    public KeyRing(LogKeyFolder folder, DueKeys due, TimeProvider time)
    {
        (_folder, _due, _time) = (folder, due, time);
        _folder.FinishShredding();
        _holds = new(folder.In("holds.json"));
    }

    /// <inheritdoc/>
    public IReadOnlyList<LegalHold> Holds
    {
        get
        {
            lock (_lock)
            {
                return _holds.All;
            }
        }
    }

    /// <summary>Returns a key for sealing; makes it where there is none.</summary>
    /// <exception cref="AccessLogUnavailableException">It was destroyed: the clock shows a period that is long over.</exception>
    public DetailKey Get(KeyName name) => _keys.TryGetValue(name, out var key) ? key : ReadOrCreate(name);

    /// <summary>Returns a key for opening; null when there is none.</summary>
    /// <exception cref="AccessLogDamagedException">It is there and can't be used.</exception>
    public DetailKey? Find(KeyName name)
    {
        if (_keys.TryGetValue(name, out var known))
        {
            return known;
        }

        lock (_lock)
        {
            return Read(name);
        }
    }

    /// <summary>Whether a key was destroyed.</summary>
    public bool IsShredded(KeyName name) => _folder.IsShredded(name.ToString());

    /// <inheritdoc/>
    public bool IsShredded(LogPeriod period, LogRetention retention) => IsShredded(new(period, retention));

    /// <summary>Makes the keys that are needed now and when the month ends, so that no call waits for it.</summary>
    public void Prepare(LogPeriod period)
    {
        foreach (var retention in new[] { LogRetention.Traffic, LogRetention.Administration })
        {
            Get(new(period, retention));
            Get(new(period.Next, retention));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyName> Due
    {
        get
        {
            lock (_lock)
            {
                return _due.All;
            }
        }
    }

    /// <inheritdoc/>
    public void NoteDue(KeyName key)
    {
        lock (_lock)
        {
            _due.Note(key);
        }
    }

    /// <inheritdoc/>
    public void NoteNotDue(KeyName key)
    {
        lock (_lock)
        {
            _due.Forget(key);
        }
    }

    /// <inheritdoc/>
    public ShredOutcome Judge(KeyName key)
    {
        lock (_lock)
        {
            return _time.GetUtcNow() < key.Period.End + Grace ? ShredOutcome.NotOver
                : _holds.Find(key) is not null ? ShredOutcome.Held
                : IsShredded(key) ? ShredOutcome.Shredded
                : _due.IsClockInDoubt ? ShredOutcome.ClockInDoubt
                : _due.IsRipe(key) ? ShredOutcome.Shredded
                : ShredOutcome.TooSoon;
        }
    }

    /// <inheritdoc/>
    public Task<ShredOutcome> ShredAsync(
        LogPeriod period,
        LogRetention retention,
        CancellationToken cancellationToken
    ) => Task.Run(() => Shred(new(period, retention)), cancellationToken);

    /// <inheritdoc/>
    public Task PlaceHoldAsync(LegalHold hold, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                lock (_lock)
                {
                    _holds.Place(hold);
                }
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<bool> LiftHoldAsync(string name, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                lock (_lock)
                {
                    return _holds.Lift(name);
                }
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private ShredOutcome Shred(KeyName name)
    {
        lock (_lock)
        {
            var outcome = Judge(name);
            if (outcome != ShredOutcome.Shredded)
            {
                return outcome;
            }

            _due.Forget(name);
            _folder.Shred(name.ToString());
            if (_keys.TryRemove(name, out var key))
            {
                key.Dispose();
            }

            return outcome;
        }
    }

    private DetailKey ReadOrCreate(KeyName name)
    {
        lock (_lock)
        {
            return Read(name) ?? Create(name);
        }
    }

    private DetailKey? Read(KeyName name)
    {
        if (_keys.TryGetValue(name, out var known))
        {
            return known;
        }

        Span<byte> stored = stackalloc byte[DetailKey.Size];
        return !_folder.IsShredded(name.ToString()) && _folder.TryRead(name.ToString(), stored)
            ? Keep(name, stored)
            : null;
    }

    private DetailKey Create(KeyName name)
    {
        if (_folder.IsShredded(name.ToString()))
        {
            throw new AccessLogUnavailableException(
                $"The key {name} was destroyed when its time had come. Set the clock right."
            );
        }

        Span<byte> stored = stackalloc byte[DetailKey.Size];
        _folder.Create(name.ToString(), stored);
        return Keep(name, stored);
    }

    private DetailKey Keep(KeyName name, Span<byte> stored)
    {
        var key = new DetailKey(name, stored);
        CryptographicOperations.ZeroMemory(stored);
        return _keys[name] = key;
    }
}
