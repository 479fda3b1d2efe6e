using System.Threading.Channels;

namespace SignalExchange.Storage.Postgres.Writes;

/// <summary>Runs the commits of one range of shards, many to a transaction, one transaction after the other.</summary>
/// <remarks>
/// While a transaction waits for the server's disk, the next group gathers. A group takes one commit of a shard at most; the
/// shard's next one builds on it, and waits for the next group.
/// </remarks>
internal sealed class CommitQueue : IAsyncDisposable
{
    // Keeps a message far below the gigabyte that PostgreSQL takes, and a transaction short.
    private const long MaxGroupBytes = 32 * 1024 * 1024;

    private readonly GroupCommitter _committer;
    private readonly PostgresStorageOptions _options;
    private readonly Channel<PendingCommit> _queue;
    private readonly Queue<PendingCommit> _putBack = new();
    private readonly Task _running;
    private volatile bool _isClosed;

    /// <summary>Starts the loop.</summary>
    public CommitQueue(GroupCommitter committer, PostgresStorageOptions options)
    {
        (_committer, _options) = (committer, options);
        _queue = Channel.CreateBounded<PendingCommit>(
            new BoundedChannelOptions(options.MaxQueuedCommits) { SingleReader = true }
        );
        _running = Task.Run(RunAsync);
    }

    /// <summary>Gets the commits that wait.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Queues a commit.</summary>
    /// <exception cref="WriteQueueFullException">The queue is full.</exception>
    /// <exception cref="ObjectDisposedException">The queue has been closed.</exception>
    public void Enqueue(PendingCommit commit)
    {
        if (_queue.Writer.TryWrite(commit))
        {
            return;
        }

        ObjectDisposedException.ThrowIf(_isClosed, typeof(PostgresExchangeStore));
        throw new WriteQueueFullException(
            $"{_options.MaxQueuedCommits} commits wait for the database already. Try again later."
        );
    }

    /// <summary>Takes no more commits and runs those that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        _queue.Writer.Complete();
        await _running;
    }

    private async Task RunAsync()
    {
        var group = new List<PendingCommit>(_options.MaxCommitsPerTransaction);
        while (_putBack.Count > 0 || await _queue.Reader.WaitToReadAsync())
        {
            Gather(group);
            if (group.Count > 0)
            {
                await _committer.RunAsync(group);
            }

            group.Clear();
        }
    }

    private void Gather(List<PendingCommit> group)
    {
        var shards = new HashSet<Shard>();
        var bytes = 0L;
        for (var old = _putBack.Count; old > 0; old--)
        {
            Take(_putBack.Dequeue());
        }

        while (
            group.Count < _options.MaxCommitsPerTransaction
            && _putBack.Count < _options.MaxCommitsPerTransaction
            && bytes < MaxGroupBytes
            && _queue.Reader.TryRead(out var commit)
        )
        {
            Take(commit);
        }

        void Take(PendingCommit commit)
        {
            if (
                group.Count == _options.MaxCommitsPerTransaction
                || bytes >= MaxGroupBytes
                || !shards.Add(commit.Commit.Row.Shard)
            )
            {
                _putBack.Enqueue(commit);
            }
            else if (commit.TryBegin())
            {
                group.Add(commit);
                bytes += commit.Bytes;
            }
        }
    }
}
