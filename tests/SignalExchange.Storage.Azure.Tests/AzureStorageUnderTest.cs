using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.Azure.Tests.Faults;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Logging;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests;

/// <summary>The storage on Azure, with tables of its own in an Azurite.</summary>
internal sealed class AzureStorageUnderTest : IStorageUnderTest
{
    private readonly ListLogger<AzureExchangeStore> _log = new();
    private readonly List<AzureExchangeStore> _opened = [];
    private readonly AzuriteProcess _azurite;
    private readonly Action<AzureStorageOptions>? _configure;

    private AzureStorageUnderTest(AzuriteProcess azurite, Action<AzureStorageOptions>? configure) =>
        (_azurite, _configure) = (azurite, configure);

    public IShardStore Shards => Store;

    public IGrainStateStore GrainStates => Store;

    // Silos share the tables: the rival is another process as far as the service can tell.
    public IShardStore Rival { get; private set; } = null!;

    public IGrainStateStore RivalGrainStates => (AzureExchangeStore)Rival;

    public AzureExchangeStore Store { get; private set; } = null!;

    /// <summary>Gets what the names of this storage's tables begin with.</summary>
    public string Prefix { get; } = AzuriteFixture.NewName();

    /// <summary>Gets what the stores have logged.</summary>
    public IReadOnlyCollection<string> Logged => _log.Lines;

    public static async Task<AzureStorageUnderTest> OpenAsync(
        AzuriteProcess azurite,
        Action<AzureStorageOptions>? configure = null
    )
    {
        var storage = new AzureStorageUnderTest(azurite, configure);
        await storage.ReopenAsync(TestContext.Current.CancellationToken);
        return storage;
    }

    public async Task MakeNewerAsync(CancellationToken cancellationToken)
    {
        var table = new TableClient(_azurite.ConnectionString(), Prefix + "Shards");
        var newer = new TableEntity("format", "format") { ["Format"] = 1000 };
        await table.UpdateEntityAsync(newer, ETag.All, TableUpdateMode.Merge, cancellationToken);
    }

    public async Task ReopenAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync();
        Store = await OpenStoreAsync();
        Rival = await OpenStoreAsync();
    }

    /// <summary>Opens another store on the same tables.</summary>
    public async Task<AzureExchangeStore> OpenStoreAsync(Fault? fault = null)
    {
        var store = NewStore(null, fault);
        await store.OpenAsync(TestContext.Current.CancellationToken);
        return store;
    }

    /// <summary>Returns another store on the same tables, not yet open.</summary>
    public AzureExchangeStore NewStore(Action<AzureStorageOptions>? configure, Fault? fault = null)
    {
        var options = new AzureStorageOptions { Prefix = Prefix, GrainStateTable = Prefix + "States" };
        options.Accounts.Add(new() { ConnectionString = _azurite.ConnectionString() });
        _configure?.Invoke(options);
        configure?.Invoke(options);
        var store = new AzureExchangeStore(Options.Create(options), _log, fault is { } ? fault.Around : null);
        _opened.Add(store);
        return store;
    }

    // The tables stay: they go with their Azurite.
    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened)
        {
            await store.DisposeAsync();
        }

        _opened.Clear();
    }
}
