using Azure.Data.Tables;
using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Azure.Errors;
using SignalExchange.Storage.Azure.Shards;

namespace SignalExchange.Storage.Azure.Archives;

/// <summary>Writes many rows, some transactions at a time; rows of one partition that come one after the other share transactions. For one thread.</summary>
/// <remarks>
/// What is written must be the same however often it is: a transaction whose reply is lost is made again. Of rows that are added and are there, or are
/// deleted and are gone, it is taken for made.
/// </remarks>
internal sealed class TableBatches : IDisposable
{
    private const int MaxRows = 100;
    private const int MaxRunning = 32;
    private const int MaxTries = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _free = new(MaxRunning);
    private readonly List<Task> _running = [];
    private readonly List<TableTransactionAction> _batch = [];
    private AzureTable? _table;
    private long _bytes;

    /// <summary>Writes a row, sooner or later.</summary>
    /// <param name="table">Where.</param>
    /// <param name="action">What.</param>
    /// <param name="bytes">The bytes in it, roughly.</param>
    /// <param name="cancellationToken">Ends the wait for a place.</param>
    /// <exception cref="StorageUnavailableException">One of those before could not be written.</exception>
    public async Task AddAsync(
        AzureTable table,
        TableTransactionAction action,
        long bytes,
        CancellationToken cancellationToken
    )
    {
        if (
            _batch.Count == MaxRows
            || _bytes + bytes > CommitSize.Limits.MaxCommitBytes
            || (
                _batch is [var first, ..]
                && (_table != table || first.Entity.PartitionKey != action.Entity.PartitionKey)
            )
        )
        {
            await SendAsync(cancellationToken);
        }

        _table = table;
        _batch.Add(action);
        _bytes += bytes;
    }

    /// <summary>Waits until all are written.</summary>
    /// <exception cref="StorageUnavailableException">One could not be.</exception>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await SendAsync(cancellationToken);
        await Task.WhenAll(_running);
        _running.Clear();
    }

    /// <summary>Waits for what runs, whatever becomes of it.</summary>
    public async Task SettleAsync()
    {
        _batch.Clear();
        _bytes = 0;
        foreach (var task in _running)
        {
            await Task.WhenAny(task);
            _ = task.Exception; // What went wrong first is told; this is its like.
        }

        _running.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
        {
            return;
        }

        TableTransactionAction[] actions = [.. _batch];
        _batch.Clear();
        _bytes = 0;
        foreach (var ended in _running.Where(task => task.IsCompleted).ToArray())
        {
            await ended;
            _running.Remove(ended);
        }

        await _free.WaitAsync(cancellationToken);
        _running.Add(WriteAsync(_table!, actions));
    }

    private async Task WriteAsync(AzureTable table, TableTransactionAction[] actions)
    {
        try
        {
            await RepeatAsync(table, actions);
        }
        finally
        {
            _free.Release();
        }
    }

    // What is left to do of a transaction that a condition refused.
    private static async Task<TableTransactionAction[]> LeftAsync(AzureTable table, TableTransactionAction[] actions)
    {
        var left = new List<TableTransactionAction>();
        foreach (var action in actions)
        {
            var row = action.Entity;
            var isThere = await table.FindAsync(row.PartitionKey, row.RowKey, null, CancellationToken.None) is { };
            var isMade = action.ActionType switch
            {
                TableTransactionActionType.Add => isThere,
                TableTransactionActionType.Delete => !isThere,
                _ => false,
            };
            left.AddRange(isMade ? [] : [action]);
        }

        return [.. left];
    }

    private static async Task RepeatAsync(AzureTable table, TableTransactionAction[] actions)
    {
        for (var (left, pause) = (MaxTries, FirstPause); actions.Length > 0; left--, pause *= 2)
        {
            try
            {
                await table.RunAsync(actions);
                return;
            }
            catch (AzureFailureException exception)
            {
                if (left == 0 || exception.Failure.Kind == AzureFailureKind.Refused)
                {
                    throw AzureErrors.Unavailable(exception.Failure, table.Account);
                }

                actions =
                    exception.Failure.Kind == AzureFailureKind.ConditionFailed
                        ? await LeftAsync(table, actions)
                        : actions;
            }

            await Task.Delay(pause);
        }
    }
}
