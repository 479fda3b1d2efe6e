using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Azure.AccessLog;
using SignalExchange.Storage.Azure.Archives;
using SignalExchange.Storage.Azure.Tests.Faults;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.Archives;

/// <summary>Tables and a container in an Azurite, in two accounts, not there at first.</summary>
internal sealed class AzureArchiveUnderTest : IArchivedStorageUnderTest
{
    private readonly AzureStorageOptions _options = new() { ShardCount = ArchiveSample.Shards };

    public AzureArchiveUnderTest(AzuriteProcess azurite)
    {
        _options.Prefix = AzuriteFixture.NewName();
        _options.GrainStateTable = _options.Prefix + "States";
        _options.Accounts.Add(new() { ConnectionString = azurite.ConnectionString() });
        _options.Accounts.Add(new() { FirstShard = 8, ConnectionString = azurite.ConnectionString(account: 2) });
    }

    public IArchiveSource Source(bool isAlone = false) => new AzureArchiveSource(_options, isAlone);

    public IArchiveTarget Target() => new AzureArchiveTarget(_options);

    /// <summary>Returns what fills it, with something in between.</summary>
    public IArchiveTarget Target(Fault fault) => new AzureArchiveTarget(_options, fault.Around);

    public async Task<OpenStores> OpenAsync(CancellationToken cancellationToken)
    {
        var store = new AzureExchangeStore(Options.Create(_options), NullLogger<AzureExchangeStore>.Instance);
        await store.OpenAsync(cancellationToken);
        var logs = new AzureAccessLogStore(Options.Create(_options), NullLogger<AzureAccessLogStore>.Instance);
        await logs.OpenAsync(cancellationToken);
        return new(store, store, logs);
    }

    // The tables stay: they go with their Azurite.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
