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
    private readonly TimeProvider _time;

    /// <summary>Opens the ring.</summary>
    /// <exception cref="AccessLogDamagedException">The record of legal holds can't be read.</exception>
    public KeyRing(LogKeyFolder folder, TimeProvider time)
    {
        (_folder, _time) = (folder, time);
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
            if (_time.GetUtcNow() < name.Period.End + Grace)
            {
                return ShredOutcome.NotOver;
            }

            if (_holds.Find(name) is not null)
            {
                return ShredOutcome.Held;
            }

            _folder.Shred(name.ToString());
            if (_keys.TryRemove(name, out var key))
            {
                key.Dispose();
            }

            return ShredOutcome.Shredded;
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
