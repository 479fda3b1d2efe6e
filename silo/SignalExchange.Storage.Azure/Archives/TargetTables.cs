using Azure;
using Azure.Data.Tables;
using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Azure.Errors;
using SignalExchange.Storage.Azure.Shards;
using SignalExchange.Storage.Azure.States;
using SignalExchange.Storage.Azure.Tables;

namespace SignalExchange.Storage.Azure.Archives;

/// <summary>The tables and the container before they are filled and after: nothing in them, and a mark that keeps silos away.</summary>
internal sealed class TargetTables(ArchiveSession session)
{
    private static readonly string[] KeysOnly = ["PartitionKey", "RowKey"];

    /// <summary>Makes what is not there, refuses what is not empty, and marks the tables. What broke off before is taken away.</summary>
    /// <exception cref="StorageFormatException">They hold an exchange's data.</exception>
    public async Task BeginAsync(TableBatches batches, CancellationToken cancellationToken)
    {
        var isBrokenOff = false;
        foreach (var (table, _) in session.Tables)
        {
            await table.CreateIfAbsentAsync(cancellationToken);
            isBrokenOff |= await FormatRow.IsFillingAsync(table, cancellationToken);
        }

        await session.States.Table.CreateIfAbsentAsync(cancellationToken);
        await session.Logs.CreateIfAbsentAsync(cancellationToken);
        if (isBrokenOff)
        {
            await ClearAsync(batches, cancellationToken);
        }

        await RefuseUnlessEmptyAsync(cancellationToken);
        await MarkAsync(batches, isFilling: true, cancellationToken);
    }

    /// <summary>Lets silos begin.</summary>
    public Task FinishAsync(TableBatches batches, CancellationToken cancellationToken) =>
        MarkAsync(batches, isFilling: false, cancellationToken);

    /// <summary>Takes away all that was filled in, and last the mark. Idempotent.</summary>
    public async Task ClearAsync(TableBatches batches, CancellationToken cancellationToken)
    {
        foreach (var (table, _) in session.Tables)
        {
            await DeleteAsync(batches, table, RowsOf(table, cancellationToken), cancellationToken);
        }

        var states = session.States.ReadAsync([.. KeysOnly, StateEntity.GrainId], cancellationToken);
        await DeleteAsync(batches, session.States.Table, states, cancellationToken);
        foreach (var blob in await session.Logs.ListAsync("", cancellationToken))
        {
            await DeleteAsync(blob.Name);
        }

        await MarkAsync(batches, isFilling: false, cancellationToken);
    }

    private async Task DeleteAsync(string blob)
    {
        try
        {
            await session.Logs.DeleteAsync(blob);
        }
        catch (AzureFailureException exception)
        {
            throw AzureErrors.Unavailable(exception.Failure, session.Logs.Account);
        }
    }

    private static async Task DeleteAsync(
        TableBatches batches,
        AzureTable table,
        IAsyncEnumerable<TableEntity> rows,
        CancellationToken cancellationToken
    )
    {
        await foreach (var row in rows)
        {
            await batches.AddAsync(
                table,
                new(TableTransactionActionType.Delete, new TableEntity(row.PartitionKey, row.RowKey), ETag.All),
                0,
                cancellationToken
            );
        }

        await batches.FinishAsync(cancellationToken);
    }

    private async Task MarkAsync(TableBatches batches, bool isFilling, CancellationToken cancellationToken)
    {
        foreach (var (table, shards) in session.Tables)
        {
            var mark = FormatRow.Write(shards, session.Map.Count, isFilling);
            await batches.AddAsync(table, mark, 0, cancellationToken);
        }

        await batches.FinishAsync(cancellationToken);
    }

    private async Task RefuseUnlessEmptyAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, _) in session.Tables)
        {
            await RefuseAsync(table.Account, RowsOf(table, cancellationToken));
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

    // Heads and the format are no data: a silo that was started and stopped leaves them.
    private static IAsyncEnumerable<TableEntity> RowsOf(AzureTable table, CancellationToken cancellationToken) =>
        table.RowsAsync(
            TableClient.CreateQueryFilter($"RowKey ge {ShardKeys.Indicators}"),
            KeysOnly,
            cancellationToken
        );

    private static StorageFormatException Taken(string account) =>
        new(
            $"Account '{account}' holds an exchange's data under these names already. Only an empty storage is written to: set another Prefix and "
                + "GrainStateTable, or name another account."
        );
}
