using SignalExchange.Storage;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.TestKit.Storage;

/// <summary>An access log store that forgets: for tests of what stands on the port, not of durability.</summary>
/// <remarks>Safe from any thread. Keeps every rule of <see cref="IAccessLogStore"/> but the stable storage.</remarks>
public sealed class InMemoryAccessLogStore : IAccessLogStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredLog> _logs = [];

    /// <inheritdoc/>
    public ValueTask<AccessLogLease> AcquireAsync(string log, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckLog(log);
        lock (_lock)
        {
            return new(new AccessLogLease(log, ++Of(log).Epoch));
        }
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(
        AccessLogLease lease,
        long firstIndex,
        IReadOnlyList<AccessLogRecord> records,
        CancellationToken cancellationToken
    )
    {
        AccessLogRules.CheckAppend(firstIndex, records);
        return Write(lease, log => log.Append(firstIndex, records));
    }

    /// <inheritdoc/>
    public async ValueTask<AccessLogExtent> SettleAsync(AccessLogLease lease, CancellationToken cancellationToken)
    {
        await Write(lease, static _ => { });
        return await ReadExtentAsync(lease.Log, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<AccessLogExtent> ReadExtentAsync(string log, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckLog(log);
        lock (_lock)
        {
            return new(Of(log).Extent);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AccessLogRecord>> ReadAsync(
        string log,
        long first,
        int count,
        CancellationToken cancellationToken
    )
    {
        AccessLogPaths.CheckLog(log);
        lock (_lock)
        {
            return new(Of(log).Read(first, count));
        }
    }

    /// <inheritdoc/>
    public ValueTask MarkPublishedAsync(AccessLogLease lease, long size, CancellationToken cancellationToken) =>
        Write(
            lease,
            log =>
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(size, log.Published);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(size, log.Extent.Size);
                log.Published = size;
            }
        );

    /// <inheritdoc/>
    public ValueTask TrimAsync(AccessLogLease lease, long before, CancellationToken cancellationToken) =>
        Write(
            lease,
            log =>
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(before, log.Published);
                log.Trim(before);
            }
        );

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string log, string path, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckLog(log);
        AccessLogPaths.CheckResource(path);
        lock (_lock)
        {
            return new(Of(log).Resources.TryGetValue(path, out var content) ? content : (ReadOnlyMemory<byte>?)null);
        }
    }

    /// <inheritdoc/>
    public ValueTask PutAsync(
        AccessLogLease lease,
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        AccessLogPaths.CheckResource(path);
        return Write(
            lease,
            log =>
            {
                if (
                    AccessLogPaths.IsImmutable(path)
                    && log.Resources.TryGetValue(path, out var stored)
                    && !stored.Span.SequenceEqual(content.Span)
                )
                {
                    throw new AccessLogStoredWrongException($"{path} is there already, with other bytes.");
                }

                log.Resources[path] = content.ToArray();
            }
        );
    }

    /// <inheritdoc/>
    public ValueTask DeletePartialsAsync(AccessLogLease lease, string path, CancellationToken cancellationToken) =>
        Write(
            lease,
            log =>
            {
                if (!log.Resources.ContainsKey(path))
                {
                    throw new InvalidOperationException($"{path} is not there: its partial forms are still needed.");
                }

                foreach (
                    var partial in log
                        .Resources.Keys.Where(it => it.StartsWith(path + ".p/", StringComparison.Ordinal))
                        .ToList()
                )
                {
                    log.Resources.Remove(partial);
                }
            }
        );

    private StoredLog Of(string log) => _logs.TryGetValue(log, out var found) ? found : _logs[log] = new();

    private ValueTask Write(AccessLogLease lease, Action<StoredLog> write)
    {
        lock (_lock)
        {
            var log = Of(lease.Log);
            if (log.Epoch != lease.Epoch)
            {
                throw new AccessLogFencedException($"Another writer took log '{lease.Log}'.");
            }

            write(log);
            return default;
        }
    }

    private sealed class StoredLog
    {
        private readonly List<AccessLogRecord> _tail = [];
        private long _first;

        public long Epoch { get; set; }

        public long Published { get; set; }

        public Dictionary<string, ReadOnlyMemory<byte>> Resources { get; } = [];

        public AccessLogExtent Extent => new(_first, _first + _tail.Count, Published);

        public void Append(long firstIndex, IReadOnlyList<AccessLogRecord> records)
        {
            if (firstIndex != Extent.Size)
            {
                throw new StaleStateException($"The log has {Extent.Size} entries, not {firstIndex}.");
            }

            _tail.AddRange(records.Select(it => new AccessLogRecord(it.Entry.ToArray(), it.SealedDetail.ToArray())));
        }

        public IReadOnlyList<AccessLogRecord> Read(long first, int count)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(first, _first);
            return [.. _tail.Skip((int)(first - _first)).Take(count)];
        }

        public void Trim(long before)
        {
            var count = (int)Math.Max(0, before - _first);
            _tail.RemoveRange(0, count);
            _first += count;
        }
    }
}
