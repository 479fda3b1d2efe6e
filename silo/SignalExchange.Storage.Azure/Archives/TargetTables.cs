using Azure;
using Azure.Data.Tables;
using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Azure.Errors;
using SignalExchange.Storage.Azure.Shards;
using SignalExchange.Storage.Azure.States;
using SignalExchange.Storage.Azure.Tables;

namespace SignalExchange.Storage.Azure.Archives;

/// <summary>The tables and the container before they are filled and after: nothing in them, and a mark that keeps silos away.</summary>
/// <remarks>
/// A mark names all tables and accounts of its restoration. So what broke off is taken away by the same restoration only, and one with a setting that is wrong
/// takes nothing away. Whoever marks last goes on; the other one finds its mark replaced, at the latest when it would let silos begin.
/// </remarks>
internal sealed class TargetTables(ArchiveSession session, TableBatches batches)
{
    // In front of the heads, and behind the format.
    private const string AllOfShards = "h";

    private static readonly string[] KeysOnly = ["PartitionKey", "RowKey"];

    private readonly ETag[] _marks = new ETag[session.Tables.Count];

    /// <summary>Makes what is not there, refuses what is not empty, and marks the tables. What broke off before is taken away.</summary>
    /// <exception cref="StorageFormatException">They hold an exchange's data, or what another restoration began.</exception>
    /// <exception cref="StorageInUseException">Somebody else begins at the same time.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await CreateAsync(cancellationToken);
        var rows = new List<TableEntity?>();
        foreach (var (table, _) in session.Tables)
        {
            rows.Add(await FormatRow.FindAsync(table, cancellationToken));
            FormatRow.CheckFormat(rows[^1], table.Account);
        }

        var began = rows.Select(FormatRow.FillingOf).OfType<string>().Distinct().ToList();
        if (began.Find(other => other != session.Description) is { } other)
        {
            throw new StorageFormatException(
                $"Here a restoration broke off whose settings are others: into {other}, and not into {session.Description}. Finish it with its own."
            );
        }

        if (began.Count == 0)
        {
            await RefuseUnlessEmptyAsync(cancellationToken);
        }

        await MarkAsync(rows);
        if (began.Count == 0)
        {
            await RefuseUnlessStillEmptyAsync(rows, cancellationToken);
        }

        await ClearAsync(cancellationToken);
    }

    /// <summary>Lets silos begin.</summary>
    /// <exception cref="StorageInUseException">Another restoration has begun here meanwhile.</exception>
    public async Task FinishAsync()
    {
        foreach (var (i, (table, shards)) in session.Tables.Index())
        {
            await WriteAsync(table, FormatRow.Of(shards, session.Map.Count), _marks[i]);
        }
    }

    /// <summary>Takes away all that was filled in, and last the marks.</summary>
    public async Task AbandonAsync(CancellationToken cancellationToken)
    {
        await ClearAsync(cancellationToken);
        foreach (var (i, (table, shards)) in session.Tables.Index())
        {
            var mark = FormatRow.Of(shards, session.Map.Count);
            await GuardAsync(table, () => table.DeleteAsync(mark.PartitionKey, mark.RowKey, _marks[i]));
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, _) in session.Tables)
        {
            await table.CreateIfAbsentAsync(cancellationToken);
        }

        await session.States.Table.CreateIfAbsentAsync(cancellationToken);
        await session.Logs.CreateIfAbsentAsync(cancellationToken);
    }

    private async Task MarkAsync(List<TableEntity?> rows)
    {
        foreach (var (i, (table, shards)) in session.Tables.Index())
        {
            var mark = FormatRow.OfFilling(shards, session.Map.Count, session.Description);
            _marks[i] = await WriteAsync(table, mark, rows[i]?.ETag);
        }
    }

    // A silo that began just before the marks has written by now, or finds them.
    private async Task RefuseUnlessStillEmptyAsync(List<TableEntity?> rows, CancellationToken cancellationToken)
    {
        try
        {
            await RefuseUnlessEmptyAsync(cancellationToken);
        }
        catch
        {
            foreach (var (i, (table, shards)) in session.Tables.Index())
            {
                await WriteAsync(table, rows[i] ?? FormatRow.Of(shards, session.Map.Count), _marks[i]);
            }

            throw;
        }
    }

    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, _) in session.Tables)
        {
            await DeleteAsync(table, RowsOf(table, AllOfShards, cancellationToken), cancellationToken);
        }

        var states = session.States.ReadAsync([.. KeysOnly, StateEntity.GrainId], cancellationToken);
        await DeleteAsync(session.States.Table, states, cancellationToken);
        foreach (var blob in await session.Logs.ListAsync("", cancellationToken))
        {
            try
            {
                await session.Logs.DeleteAsync(blob.Name);
            }
            catch (AzureFailureException exception)
            {
                throw AzureErrors.Unavailable(exception.Failure, session.Logs.Account);
            }
        }
    }

    private async Task DeleteAsync(
        AzureTable table,
        IAsyncEnumerable<TableEntity> rows,
        CancellationToken cancellationToken
    )
    {
        await foreach (var row in rows)
        {
            var key = new TableEntity(row.PartitionKey, row.RowKey);
            await batches.AddAsync(table, new(TableTransactionActionType.Delete, key, ETag.All), 0, cancellationToken);
        }

        await batches.FinishAsync(cancellationToken);
    }

    // Heads and the format are no data: a silo that was started and stopped leaves them.
    private async Task RefuseUnlessEmptyAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, _) in session.Tables)
        {
            await RefuseAsync(table.Account, RowsOf(table, ShardKeys.Indicators, cancellationToken));
        }

        await RefuseAsync(session.States.Table.Account, session.States.ReadAsync(null, cancellationToken));
        if (await LogCopy.NamesAsync(session.Logs, cancellationToken) is [_, ..])
        {
            throw Taken(session.Logs.Account);
        }
    }

    private static async Task RefuseAsync(string account, IAsyncEnumerable<TableEntity> rows)
    {
        await foreach (var _ in rows)
        {
            throw Taken(account);
        }
    }

    private static IAsyncEnumerable<TableEntity> RowsOf(
        AzureTable table,
        string from,
        CancellationToken cancellationToken
    ) => table.RowsAsync(TableClient.CreateQueryFilter($"RowKey ge {from}"), KeysOnly, cancellationToken);

    private static async Task<ETag> WriteAsync(AzureTable table, TableEntity row, ETag? expected)
    {
        var written = default(ETag);
        await GuardAsync(
            table,
            async () => written = expected is { } etag ? await table.ReplaceAsync(row, etag) : await table.AddAsync(row)
        );
        return written;
    }

    private static async Task GuardAsync(AzureTable table, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (AzureFailureException exception)
        {
            throw exception.Failure.Kind == AzureFailureKind.ConditionFailed
                ? new StorageInUseException(
                    $"Somebody else begins on the tables of account '{table.Account}', or restores into them. Do not use them; stop all, and restore again."
                )
                : AzureErrors.OfWrite(exception.Failure, table.Account);
        }
    }

    private static StorageFormatException Taken(string account) =>
        new(
            $"Account '{account}' holds an exchange's data under these names already. Only an empty storage is written to: set another Prefix and "
                + "GrainStateTable, or name another account."
        );
}
