using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using SignalExchange.Storage.Azure.Requests;

namespace SignalExchange.Storage.Azure.Accounts;

/// <summary>A storage account: two ways to its tables, since a read may be repeated and a write may not, and its blobs.</summary>
internal sealed class AzureAccount
{
    private readonly ReadGate _reads;
    private readonly TableServiceClient _readers;
    private readonly TableServiceClient _writers;
    private readonly BlobServiceClient _blobs;

    /// <summary>Makes the clients; nothing is asked yet.</summary>
    /// <param name="options">The account.</param>
    /// <param name="shards">The shards that it holds.</param>
    /// <param name="credential">The exchange's identity; null with a connection string.</param>
    /// <param name="clients">How requests are made.</param>
    /// <param name="reads">Bounds the reads of all accounts together.</param>
    public AzureAccount(
        AzureStorageAccountOptions options,
        ShardRange shards,
        TokenCredential? credential,
        AzureClientOptions clients,
        ReadGate reads
    )
    {
        (Shards, _reads) = (shards, reads);
        if (options.ConnectionString is { } connection)
        {
            _readers = new(connection, clients.TableReads());
            _writers = new(connection, clients.TableWrites());
            _blobs = new(connection, clients.Blobs());
        }
        else
        {
            _readers = new(options.TableService, credential, clients.TableReads());
            _writers = new(options.TableService, credential, clients.TableWrites());
            _blobs = new(options.BlobService, credential, clients.Blobs());
        }

        Name = _writers.AccountName;
    }

    /// <summary>Gets the account's name, for people.</summary>
    public string Name { get; }

    /// <summary>Gets the shards that it holds.</summary>
    public ShardRange Shards { get; }

    /// <summary>Returns a table of the account.</summary>
    public AzureTable Table(string name) =>
        new(Name, _readers.GetTableClient(name), _writers.GetTableClient(name), _reads);

    /// <summary>Returns a container of the account.</summary>
    public BlobContainerClient Container(string name) => _blobs.GetBlobContainerClient(name);
}
