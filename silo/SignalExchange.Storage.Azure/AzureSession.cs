using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging;
using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Azure.Requests;
using SignalExchange.Storage.Azure.Shards;
using SignalExchange.Storage.Azure.States;
using SignalExchange.Storage.Azure.Tables;

namespace SignalExchange.Storage.Azure;

/// <summary>All that an open storage holds.</summary>
internal sealed class AzureSession : IAsyncDisposable
{
    private readonly AzureAccounts _accounts;
    private readonly ILogger _logger;

    private AzureSession(
        AzureAccounts accounts,
        ShardTables shards,
        StateTable states,
        AzureStorageOptions options,
        ILogger logger
    )
    {
        var memory = new ShardMemory(options.ShardCount);
        (_accounts, States, _logger) = (accounts, states, logger);
        Reader = new(shards, memory);
        Committer = new(shards, Reader, memory);
        Writes = new(options.MaxConcurrentWrites, options.MaxQueuedCommits);
        Health = new(logger);
    }

    public ShardReader Reader { get; }

    public ShardCommitter Committer { get; }

    public StateTable States { get; }

    public WriteGate Writes { get; }

    public WritingHealth Health { get; }

    /// <summary>Makes or checks the tables of all accounts.</summary>
    public static async Task<AzureSession> OpenAsync(
        AzureStorageOptions options,
        Func<HttpPipelineTransport, HttpPipelineTransport>? around,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var accounts = new AzureAccounts(options, new(around));
        try
        {
            var shards = new List<(AzureTable, ShardRange)>();
            foreach (var account in accounts.All)
            {
                var table = account.Table(options.ShardTable);
                await table.CreateIfAbsentAsync(cancellationToken);
                var isNew = await FormatRow.EnsureAsync(table, account.Shards, options.ShardCount, cancellationToken);
                Note(logger, isNew, account);
                shards.Add((table, account.Shards));
            }

            var states = accounts.First.Table(options.GrainStateTable);
            await states.CreateIfAbsentAsync(cancellationToken);
            return new(accounts, new(shards), new(states, options.ServiceId), options, logger);
        }
        catch
        {
            accounts.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Writes.DisposeAsync();
        _accounts.Dispose();
        AzureStorageLog.Closed(_logger);
    }

    private static void Note(ILogger logger, bool isNew, AzureAccount account)
    {
        if (isNew)
        {
            AzureStorageLog.Created(logger, account.Name, account.Shards.ToString());
        }
        else
        {
            AzureStorageLog.Opened(logger, account.Name, account.Shards.ToString());
        }
    }
}
