using System.Collections.Concurrent;
using System.Diagnostics;

namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>Runs all writes, many to a transaction, on a thread of its own.</summary>
/// <remarks>
/// While a transaction waits for the disk, the next group gathers. The thread is the loop's own because SQLite keeps its
/// thread while it waits, and the pool that Orleans runs on has few; hence a blocking queue rather than a channel.
/// </remarks>
internal sealed class WriteLoop : IAsyncDisposable
{
    private readonly GroupCommitter _committer;
    private readonly SqliteStorageOptions _options;
    private readonly BlockingCollection<PendingWrite> _queue;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the loop.</summary>
    /// <param name="committer">Runs the groups; the loop owns it from now on.</param>
    /// <param name="options">The bounds.</param>
    public WriteLoop(GroupCommitter committer, SqliteStorageOptions options)
    {
        (_committer, _options) = (committer, options);
        _queue = new(options.MaxQueuedCommits);
        new Thread(Run) { IsBackground = true, Name = "SignalExchange.Storage.Sqlite writer" }.Start();
    }

    /// <summary>Gets the writes that wait.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Queues a write.</summary>
    /// <exception cref="WriteQueueFullException">The queue is full.</exception>
    /// <exception cref="ObjectDisposedException">The loop has been stopped.</exception>
    public void Enqueue(PendingWrite write)
    {
        try
        {
            if (!_queue.TryAdd(write))
            {
                throw new WriteQueueFullException(
                    $"{_options.MaxQueuedCommits} writes wait for the disk already. Try again later."
                );
            }
        }
        catch (InvalidOperationException exception) when (_queue.IsAddingCompleted)
        {
            throw new ObjectDisposedException("The storage is closed.", exception);
        }
    }

    /// <summary>Takes no more writes, runs those that wait, empties the write-ahead log and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _ended.Task;
    }

    private void Run()
    {
        var group = new List<PendingWrite>(_options.MaxCommitsPerTransaction);
        for (Company company = default; TryGather(group, company); group.Clear())
        {
            var begun = Stopwatch.GetTimestamp();
            if (group.Count > 0)
            {
                _committer.Run(group);
            }

            company = new(group.Count + _queue.Count, Stopwatch.GetElapsedTime(begun));
        }

        Close();
    }

    private void Close()
    {
        try
        {
            _committer.Dispose();
            _ended.SetResult();
        }
        catch (Exception exception)
        {
            _ended.SetException(exception);
        }
    }

    private bool TryGather(List<PendingWrite> group, Company company)
    {
        if (!_queue.TryTake(out var write, Timeout.Infinite))
        {
            return false;
        }

        company.Await(_queue);
        do
        {
            if (write.TryBegin())
            {
                group.Add(write);
            }
        } while (group.Count < _options.MaxCommitsPerTransaction && _queue.TryTake(out write));

        return true;
    }
}
