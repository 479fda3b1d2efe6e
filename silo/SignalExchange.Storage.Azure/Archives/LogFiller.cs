using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Azure.AccessLog;
using SignalExchange.Storage.Azure.Accounts;

namespace SignalExchange.Storage.Azure.Archives;

/// <summary>Fills a container without access logs: a journal for each, and its files. For one thread.</summary>
internal sealed class LogFiller(AzureContainer container)
{
    private const int MaxTries = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, (JournalState State, JournalTip Tip)> _logs = new(StringComparer.Ordinal);
    private readonly LogResources _resources = new(container);

    /// <summary>Adds a record.</summary>
    public async Task AddAsync(ArchiveRecord record)
    {
        switch (record)
        {
            case ArchivedAccessLog it:
                AccessLogPaths.CheckLog(it.Log);
                _logs[it.Log] = (new(it.Epoch, it.Extent), new(container, it.Log, JournalLimits.Default));
                break;
            case ArchivedTail it:
                var (state, _) = _logs[it.Log];
                var size = it.FirstIndex + it.Count;
                var extent = state.Extent with { Size = size, Published = Math.Min(size, state.Extent.Published) };
                await WriteAsync(it.Log, JournalFrame.Of(state with { Extent = extent }, it.Count, it.Records));
                break;
            case ArchivedResource it:
                AccessLogPaths.CheckResource(it.Path);
                await (
                    AccessLogPaths.IsImmutable(it.Path)
                        ? RepeatAsync(() => _resources.PutAsync(it.Log, it.Path, it.Content))
                        : WriteAsync(it.Log, JournalFrame.Of(_logs[it.Log].State, it.Path, it.Content))
                );
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(record), record.Kind, "A kind that is in no log.");
        }
    }

    /// <summary>Says how each log stands.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (var (log, (state, _)) in _logs)
        {
            await WriteAsync(log, JournalFrame.Of(state));
        }

        await LogFormat.EnsureAsync(container, cancellationToken);
    }

    private Task WriteAsync(string log, JournalFrame frame)
    {
        var tip = _logs[log].Tip;
        return RepeatAsync(async () =>
        {
            await tip.SettleAsync();
            var isThere = frame.Count > 0 && tip.View.State.Extent.Size == frame.State.Extent.Size; // by a try whose reply was lost
            if (!isThere && !await tip.TryAddAsync(frame))
            {
                throw new StorageInUseException(
                    $"Somebody else writes to log '{log}'. Stop every silo, and begin again."
                );
            }
        });
    }

    // A file is compared with the one that is there, and a journal settles what it does not know: so both may be tried again.
    private static async Task RepeatAsync(Func<Task> write)
    {
        for (var (left, pause) = (MaxTries, FirstPause); ; left--, pause *= 2)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception failure)
                when (left > 0 && failure is StorageUnavailableException or CommitUnknownException)
            {
                await Task.Delay(pause);
            }
        }
    }
}
