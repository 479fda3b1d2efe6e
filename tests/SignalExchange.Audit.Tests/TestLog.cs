using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests;

/// <summary>A log in memory: entries as a reader gets them.</summary>
internal sealed class TestLog : IAccessLogReader
{
    private readonly Lock _lock = new();
    private readonly List<LoggedEntry> _entries = [];

    public string Origin => "exchange.example/log/silo-1";

    public long Size
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    public IReadOnlyList<LoggedEntry> Entries => _entries;

    /// <summary>Adds an entry.</summary>
    /// <returns>Its place.</returns>
    public long Add(
        DateTimeOffset time,
        AccessLogDetail? detail,
        LogRetention retention = LogRetention.Traffic,
        DetailState state = DetailState.Open
    )
    {
        lock (_lock)
        {
            var entry = new AccessLogEntry
            {
                Version = 1,
                Time = Timestamp.FromDateTimeOffset(time),
                Retention = retention,
                Period = (uint)LogPeriod.Of(time).Number,
            };
            _entries.Add(new(_entries.Count, entry, state == DetailState.Open ? detail : null, state));
            return _entries.Count - 1;
        }
    }

    /// <summary>Destroys the details of a period.</summary>
    public void Shred(LogPeriod period, LogRetention retention)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            if (entry.Entry.Period == period.Number && entry.Entry.Retention == retention && entry.Detail is not null)
            {
                _entries[i] = entry with { Detail = null, State = DetailState.Shredded };
            }
        }
    }

    /// <summary>Takes the newest entries away, as a restored backup would.</summary>
    public void Truncate(int size) => _entries.RemoveRange(size, _entries.Count - size);

    public async IAsyncEnumerable<LoggedEntry> ReadAsync(
        long first,
        long count,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.Yield();
        List<LoggedEntry> entries;
        lock (_lock)
        {
            entries = [.. _entries.Skip((int)first).Take((int)count)];
        }

        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }
}
