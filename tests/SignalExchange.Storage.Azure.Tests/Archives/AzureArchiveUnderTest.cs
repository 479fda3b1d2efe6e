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
        : this(
            AzuriteFixture.NewName(),
            AzuriteFixture.NewName() + "States",
            [
                new() { ConnectionString = azurite.ConnectionString() },
                new() { FirstShard = 8, ConnectionString = azurite.ConnectionString(account: 2) },
            ]
        ) { }

    private AzureArchiveUnderTest(string prefix, string states, IEnumerable<AzureStorageAccountOptions> accounts)
    {
        (_options.Prefix, _options.GrainStateTable) = (prefix, states);
        foreach (var account in accounts)
        {
            _options.Accounts.Add(account);
        }
    }

    public IArchiveSource Source(bool isAlone = false) => new AzureArchiveSource(_options, isAlone);

    public IArchiveTarget Target() => new AzureArchiveTarget(_options);

    /// <summary>Returns what fills it, with something in between.</summary>
    public IArchiveTarget Target(Fault fault) => new AzureArchiveTarget(_options, fault.Around);

    /// <summary>Returns it with the table of grain states of another one.</summary>
    public AzureArchiveUnderTest WithStatesOf(AzureArchiveUnderTest other) =>
        new(_options.Prefix, other._options.GrainStateTable, _options.Accounts);

    public Task<OpenStores> OpenAsync(CancellationToken cancellationToken) =>
        OpenAsync(ArchiveSample.Shards, cancellationToken);

    /// <summary>Opens it with another number of shards.</summary>
    public async Task<OpenStores> OpenAsync(int shards, CancellationToken cancellationToken)
    {
        var options = _options.With(shards);
        var store = new AzureExchangeStore(Options.Create(options), NullLogger<AzureExchangeStore>.Instance);
        await store.OpenAsync(cancellationToken);
        var logs = new AzureAccessLogStore(Options.Create(_options), NullLogger<AzureAccessLogStore>.Instance);
        await logs.OpenAsync(cancellationToken);
        return new(store, store, logs);
    }

    // The tables stay: they go with their Azurite.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
