using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.Faults.Tests.Histories;
using SignalExchange.Storage;
using SignalExchange.Storage.Azure;
using SignalExchange.TestKit.Azurite;

namespace SignalExchange.Faults.Tests.Clusters;

/// <summary>Silos over two storage accounts in an Azurite of their own, which acknowledges what it has saved and nothing else.</summary>
public sealed class FaultyAzureCluster : FaultySilos
{
    private const string Section = "--Exchange:Storage:AzureStorage:";

    private AzuriteProcess? _azurite;

    internal AzuriteProcess Azurite => _azurite!;

    // Each silo asks for every shard's head twice a second, and Azurite has one thread.
    internal override ShardMap Shards { get; } = new(16);

    internal override async Task<IReadOnlyList<ShardRows>> ReadLogsAsync()
    {
        var options = new AzureStorageOptions { ShardCount = Shards.Count };
        options.Accounts.Add(new() { ConnectionString = Azurite.ConnectionString() });
        options.Accounts.Add(
            new() { ConnectionString = Azurite.ConnectionString(account: 2), FirstShard = Shards.Count / 2 }
        );
        await using var store = new AzureExchangeStore(
            Options.Create(options),
            NullLogger<AzureExchangeStore>.Instance
        );
        await store.OpenAsync(Ct);
        var logs = new List<ShardRows>();
        foreach (var shard in Shards.All)
        {
            var rows = await store
                .ReadLogAsync(shard, afterSequence: 0, Ct)
                .Select(row => ((ulong)row.FirstSequence, (ulong)row.LastSequence))
                .ToListAsync(Ct);
            logs.Add(new(shard.Number, (ulong)await store.ReadHeadAsync(shard, Ct), rows));
        }

        return logs;
    }

    protected override async Task StartStorageAsync() =>
        _azurite = await AzuriteProcess.StartDurableAsync(accounts: 2, Ct);

    protected override IEnumerable<string> StorageSettings(int silo) =>
        [
            "--Exchange:ShardCount",
            Shards.Count.ToString(CultureInfo.InvariantCulture),
            "--Exchange:Storage:Engine",
            "AzureStorage",
            Section + "Accounts:0:ConnectionString",
            Azurite.ConnectionString(),
            Section + "Accounts:1:ConnectionString",
            Azurite.ConnectionString(account: 2),
            Section + "Accounts:1:FirstShard",
            (Shards.Count / 2).ToString(CultureInfo.InvariantCulture),
        ];

    protected override async ValueTask DisposeStorageAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }
}
