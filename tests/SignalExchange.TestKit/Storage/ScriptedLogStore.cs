using SignalExchange.Storage;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.TestKit.Storage;

/// <summary>A store that does what the test says before and after it does its work.</summary>
public sealed class ScriptedLogStore(IAccessLogStore inner) : IAccessLogStore
{
    private Func<ValueTask>? _late;

    /// <summary>Gets or sets what happens before an append.</summary>
    public Func<Task> BeforeAppend { get; set; } = () => Task.CompletedTask;

    /// <summary>Gets or sets what happens after an append that was written.</summary>
    public Func<Task> AfterAppend { get; set; } = () => Task.CompletedTask;

    /// <summary>Gets or sets what happens before the log is settled.</summary>
    public Func<Task> BeforeSettle { get; set; } = () => Task.CompletedTask;

    /// <summary>Gets or sets whether an append loses its reply and is written later: after the next look, or while it is settled.</summary>
    public bool IsLate { get; set; }

    /// <summary>Gets or sets what happens before a resource is read.</summary>
    public Func<string, Task> BeforeGet { get; set; } = _ => Task.CompletedTask;

    /// <summary>Gets or sets what happens before a resource is put.</summary>
    public Func<string, Task> BeforePut { get; set; } = _ => Task.CompletedTask;

    /// <summary>Gets or sets what happens before the published size is noted.</summary>
    public Func<Task> BeforeMark { get; set; } = () => Task.CompletedTask;

    /// <summary>Gets or sets what happens before the tail is trimmed.</summary>
    public Func<Task> BeforeTrim { get; set; } = () => Task.CompletedTask;

    /// <summary>Gets the sizes of the groups that were appended.</summary>
    public List<int> Groups { get; } = [];

    public ValueTask<AccessLogLease> AcquireAsync(string log, CancellationToken cancellationToken) =>
        inner.AcquireAsync(log, cancellationToken);

    public async ValueTask AppendAsync(
        AccessLogLease lease,
        long firstIndex,
        IReadOnlyList<AccessLogRecord> records,
        CancellationToken cancellationToken
    )
    {
        await BeforeAppend();
        if (IsLate)
        {
            var copy = records.ToArray();
            _late = () => inner.AppendAsync(lease, firstIndex, copy, CancellationToken.None);
            throw new CommitUnknownException();
        }

        await inner.AppendAsync(lease, firstIndex, records, cancellationToken);
        Groups.Add(records.Count);
        await AfterAppend();
    }

    public async ValueTask<AccessLogExtent> ReadExtentAsync(string log, CancellationToken cancellationToken)
    {
        var extent = await inner.ReadExtentAsync(log, cancellationToken);
        await LandAsync();
        return extent;
    }

    public async ValueTask<AccessLogExtent> SettleAsync(AccessLogLease lease, CancellationToken cancellationToken)
    {
        await BeforeSettle();
        await LandAsync();
        return await inner.SettleAsync(lease, cancellationToken);
    }

    public ValueTask<IReadOnlyList<AccessLogRecord>> ReadAsync(
        string log,
        long first,
        int count,
        CancellationToken cancellationToken
    ) => inner.ReadAsync(log, first, count, cancellationToken);

    public async ValueTask MarkPublishedAsync(AccessLogLease lease, long size, CancellationToken cancellationToken)
    {
        await BeforeMark();
        await inner.MarkPublishedAsync(lease, size, cancellationToken);
    }

    public async ValueTask TrimAsync(AccessLogLease lease, long before, CancellationToken cancellationToken)
    {
        await BeforeTrim();
        await inner.TrimAsync(lease, before, cancellationToken);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string log, string path, CancellationToken cancellationToken)
    {
        await BeforeGet(path);
        return await inner.GetAsync(log, path, cancellationToken);
    }

    public async ValueTask PutAsync(
        AccessLogLease lease,
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        await BeforePut(path);
        await inner.PutAsync(lease, path, content, cancellationToken);
    }

    public ValueTask DeletePartialsAsync(AccessLogLease lease, string path, CancellationToken cancellationToken) =>
        inner.DeletePartialsAsync(lease, path, cancellationToken);

    private ValueTask LandAsync() => Interlocked.Exchange(ref _late, null)?.Invoke() ?? default;
}
