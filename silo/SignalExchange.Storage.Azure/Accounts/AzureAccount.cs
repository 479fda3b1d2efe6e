using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using SignalExchange.Storage.Azure.Requests;

namespace SignalExchange.Storage.Azure.Accounts;

/// <summary>A storage account: two ways to its tables and blobs each, since a read may be repeated and a write may not.</summary>
internal sealed class AzureAccount
{
    private readonly ReadGate _reads;
    private readonly TableServiceClient _readers;
    private readonly TableServiceClient _writers;
    private readonly BlobServiceClient _blobReaders;
    private readonly BlobServiceClient _blobWriters;

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
            _blobReaders = new(connection, clients.BlobReads());
            _blobWriters = new(connection, clients.BlobWrites());
        }
        else
        {
            _readers = new(options.TableService, credential, clients.TableReads());
            _writers = new(options.TableService, credential, clients.TableWrites());
            _blobReaders = new(options.BlobService, credential, clients.BlobReads());
            _blobWriters = new(options.BlobService, credential, clients.BlobWrites());
        }

        Name = _writers.AccountName;
    }

    /// <summary>Gets the account's name, for people.</summary>
    public string Name { get; }

    /// <summary>Gets the shards that it holds.</summary>
    public ShardRange Shards { get; }

    /// <summary>Gets the client of the account's tables that repeats what failed.</summary>
    public TableServiceClient Tables => _readers;

    /// <summary>Returns a table of the account.</summary>
    public AzureTable Table(string name) =>
        new(Name, _readers.GetTableClient(name), _writers.GetTableClient(name), _reads);

    /// <summary>Returns a container of the account.</summary>
    public AzureContainer Container(string name) =>
        new(Name, _blobReaders.GetBlobContainerClient(name), _blobWriters.GetBlobContainerClient(name), _reads);
}
