using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Azure.AccessLog;
using SignalExchange.Storage.Azure.Tests.Faults;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.AccessLog;

/// <summary>The storage of access logs on Azure, with a container of its own in an Azurite.</summary>
internal sealed class AzureAccessLogUnderTest : IAccessLogStorageUnderTest
{
    // Small, so that tests see journals of several segments.
    private static readonly JournalLimits Limits = new(SegmentBytes: 64 * 1024, SegmentFrames: 8);

    private readonly List<AzureAccessLogStore> _opened = [];
    private readonly AzureStorageOptions _options = new() { Prefix = AzuriteFixture.NewName() };
    private AzureAccessLogStore _store;

    private AzureAccessLogUnderTest(AzuriteProcess azurite)
    {
        _options.Accounts.Add(new() { ConnectionString = azurite.ConnectionString() });
        Container = new(azurite.ConnectionString(), LogSession.NameOf(_options));
        _store = NewStore();
    }

    public IAccessLogStore Logs => _store;

    /// <summary>Gets the blobs.</summary>
    public BlobContainerClient Container { get; }

    public static async Task<AzureAccessLogUnderTest> OpenAsync(
        AzuriteProcess azurite,
        CancellationToken cancellationToken
    )
    {
        var storage = new AzureAccessLogUnderTest(azurite);
        await storage._store.OpenAsync(cancellationToken);
        return storage;
    }

    /// <summary>Opens another store on the same container.</summary>
    public async Task<AzureAccessLogStore> OpenStoreAsync(Fault? fault = null)
    {
        var store = NewStore(fault);
        await store.OpenAsync(TestContext.Current.CancellationToken);
        return store;
    }

    /// <summary>Returns another store on the same container, not yet open.</summary>
    public AzureAccessLogStore NewStore(Fault? fault = null)
    {
        var store = new AzureAccessLogStore(
            Options.Create(_options),
            NullLogger<AzureAccessLogStore>.Instance,
            Limits,
            fault is { } ? fault.Around : null
        );
        _opened.Add(store);
        return store;
    }

    public async Task ReopenAsync(CancellationToken cancellationToken)
    {
        await _store.DisposeAsync();
        _store = await OpenStoreAsync();
    }

    /// <summary>Lists the blobs of a journal.</summary>
    public async Task<List<string>> SegmentsAsync(string log)
    {
        var names = new List<string>();
        var options = new GetBlobsOptions { Prefix = log + "/journal/" };
        await foreach (var blob in Container.GetBlobsAsync(options, TestContext.Current.CancellationToken))
        {
            names.Add(blob.Name);
        }

        return names;
    }

    // The container stays: it goes with its Azurite.
    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened)
        {
            await store.DisposeAsync();
        }
    }
}
