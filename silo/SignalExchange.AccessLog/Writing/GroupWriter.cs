using Microsoft.Extensions.Logging;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Storage;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.AccessLog.Writing;

/// <summary>Writes groups of entries, one durable write each. Used by one loop.</summary>
/// <remarks>
/// Keeps the log's size. After a write of unknown outcome nothing else is written until the log was settled and the tail read back:
/// either the whole group is there, or nothing of it, now and later.
/// </remarks>
internal sealed class GroupWriter(
    IAccessLogStore store,
    AccessLogLease lease,
    long size,
    LogClock clock,
    ILogger logger,
    string origin
)
{
    private AccessLogRecord[]? _inDoubt;
    private long _size = size;

    /// <summary>Gets the entries on stable storage, as far as is known.</summary>
    public long Size => _size;

    /// <summary>Writes a group.</summary>
    /// <returns>The index of its first entry.</returns>
    /// <exception cref="StorageUnavailableException">Nothing of it was written.</exception>
    /// <exception cref="CommitUnknownException">Nobody can tell yet.</exception>
    /// <exception cref="AccessLogFencedException">Another writer has the log.</exception>
    /// <exception cref="AccessLogDamagedException">The log is not as it was left: somebody else wrote it.</exception>
    public async ValueTask<long> WriteAsync(IReadOnlyList<PendingEntry> group)
    {
        await SettleAsync();
        var (first, records) = (_size, Encode(group));
        _inDoubt = records;
        try
        {
            await store.AppendAsync(lease, first, records, CancellationToken.None);
            _size += records.Length;
        }
        catch (Exception exception) when (exception is StorageUnavailableException or AccessLogFencedException)
        {
            // Nothing was written.
            _inDoubt = null;
            throw;
        }
        catch (Exception)
        {
            await SettleAsync();
            if (_size == first)
            {
                throw;
            }
        }

        _inDoubt = null;
        return first;
    }

    // Finds out what became of the last write, for good: nothing of it comes later.
    private async ValueTask SettleAsync()
    {
        if (_inDoubt is not { } records)
        {
            return;
        }

        var extent = await store.SettleAsync(lease, CancellationToken.None);
        if (extent.Size == _size + records.Length)
        {
            await CompareAsync(records);
        }
        else if (extent.Size != _size)
        {
            throw new AccessLogDamagedException(
                $"Log '{lease.Log}' has {extent.Size} entries, not {_size} or {_size + records.Length}: somebody else wrote it."
            );
        }

        AccessLogLog.ReadBack(logger, origin, (int)(extent.Size - _size));
        _size = extent.Size;
        _inDoubt = null;
    }

    private async ValueTask CompareAsync(AccessLogRecord[] records)
    {
        for (var i = 0; i < records.Length; )
        {
            var page = await store.ReadAsync(lease.Log, _size + i, records.Length - i, CancellationToken.None);
            foreach (var stored in page)
            {
                if (!stored.Entry.Span.SequenceEqual(records[i++].Entry.Span))
                {
                    throw new AccessLogDamagedException(
                        $"Entry {_size + i - 1} of log '{lease.Log}' is not the one that was written: somebody else wrote it."
                    );
                }
            }
        }
    }

    private AccessLogRecord[] Encode(IReadOnlyList<PendingEntry> group)
    {
        // One reading of the clock a group: its entries become durable together.
        var time = clock.Next();
        var records = new AccessLogRecord[group.Count];
        for (var i = 0; i < records.Length; i++)
        {
            var entry = group[i].Entry;
            records[i] = new(EntryCodec.Encode(entry, time), entry.SealedDetail);
        }

        return records;
    }
}
