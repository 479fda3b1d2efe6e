using System.ComponentModel.DataAnnotations;
using Azure.Core.Pipeline;
using SignalExchange.Storage.Azure.AccessLog;
using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Azure.Shards;
using SignalExchange.Storage.Azure.States;
using SignalExchange.Storage.Azure.Tables;

namespace SignalExchange.Storage.Azure.Archives;

/// <summary>The tables and the container that everything lies in, for who reads or fills them as a whole.</summary>
internal sealed class ArchiveSession : IDisposable
{
    private readonly AzureAccounts _accounts;

    private ArchiveSession(AzureStorageOptions options, AzureAccounts accounts)
    {
        _accounts = accounts;
        Map = new(options.ShardCount);
        var names = accounts.All.Select(account => account.Name);
        Description =
            $"{options.Prefix}, {options.GrainStateTable} of {options.ServiceId}, in {string.Join(" and ", names)}";
        Tables = [.. accounts.All.Select(account => (account.Table(options.ShardTable), account.Shards))];
        Shards = new(Tables);
        Reader = new(Shards, new(options.ShardCount));
        States = new(accounts.First.Table(options.GrainStateTable), options.ServiceId);
        Logs = accounts.First.Container(LogSession.NameOf(options));
    }

    /// <summary>Gets which tables of which accounts they are: the same for the same settings.</summary>
    public string Description { get; }

    /// <summary>Gets the shards.</summary>
    public ShardMap Map { get; }

    /// <summary>Gets each account's table of shards.</summary>
    public IReadOnlyList<(AzureTable Table, ShardRange Shards)> Tables { get; }

    /// <summary>Gets which table holds a shard.</summary>
    public ShardTables Shards { get; }

    /// <summary>Gets what reads shards.</summary>
    public ShardReader Reader { get; }

    /// <summary>Gets the rows of grains' states.</summary>
    public StateRows States { get; }

    /// <summary>Gets the container of access logs.</summary>
    public AzureContainer Logs { get; }

    /// <summary>Finds the tables of an exchange, whatever the settings say of how many shards it has.</summary>
    /// <exception cref="StorageFormatException">They are not ours, newer, or not whole; or the settings are wrong.</exception>
    public static async Task<ArchiveSession> FindAsync(
        AzureStorageOptions options,
        Func<HttpPipelineTransport, HttpPipelineTransport>? around,
        CancellationToken cancellationToken
    )
    {
        int shardCount;
        using (var any = Of(options, ShardMap.MaxCount, around))
        {
            shardCount = await FormatRow.ReadShardCountAsync(any.Tables[0].Table, cancellationToken);
        }

        var session = Of(options, shardCount, around);
        try
        {
            foreach (var (table, shards) in session.Tables)
            {
                await FormatRow.CheckAsync(table, shards, shardCount, cancellationToken);
            }

            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Makes the connections; nothing is asked yet.</summary>
    /// <exception cref="StorageFormatException">The settings are wrong.</exception>
    public static ArchiveSession Of(
        AzureStorageOptions options,
        int shardCount,
        Func<HttpPipelineTransport, HttpPipelineTransport>? around
    )
    {
        var settings = options.With(shardCount);
        var wrong = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new(settings), wrong, validateAllProperties: true);
        var failures = wrong
            .Select(it => it.ErrorMessage)
            .Concat(new AzureStorageOptionsValidator().Validate(null, settings).Failures ?? [])
            .ToList();
        return failures.Count == 0
            ? new(settings, new(settings, new(around)))
            : throw new StorageFormatException($"The settings of AzureStorage are wrong: {string.Join(" ", failures)}");
    }

    /// <inheritdoc/>
    public void Dispose() => _accounts.Dispose();
}
