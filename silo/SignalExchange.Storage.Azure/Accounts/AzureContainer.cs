using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using SignalExchange.Storage.Azure.Errors;
using SignalExchange.Storage.Azure.Requests;

namespace SignalExchange.Storage.Azure.Accounts;

/// <summary>A container: reads that are repeated when they fail, writes that are not, and errors that tell nothing.</summary>
/// <param name="account">The account's name, for people.</param>
/// <param name="reads">The client that repeats.</param>
/// <param name="writes">The client that doesn't.</param>
/// <param name="gate">Bounds the reads of all containers together.</param>
internal sealed class AzureContainer(
    string account,
    BlobContainerClient reads,
    BlobContainerClient writes,
    ReadGate gate
)
{
    // A request of 8 MiB ends in time on any line that an exchange is run on; a larger blob is several.
    private const int MaxRequestBytes = 8 * 1024 * 1024;

    // https://learn.microsoft.com/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations
    private static readonly BlobRequestConditions Absent = new() { IfNoneMatch = ETag.All };

    private static readonly StorageTransferOptions Pieces = new()
    {
        InitialTransferSize = MaxRequestBytes,
        MaximumTransferSize = MaxRequestBytes,
    };

    /// <summary>Gets the account's name.</summary>
    public string Account => account;

    /// <summary>Makes the container unless it is there.</summary>
    /// <exception cref="StorageUnavailableException">It could not be made.</exception>
    public async Task CreateIfAbsentAsync(CancellationToken cancellationToken) =>
        await FindAsync(
            async () => await writes.CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            cancellationToken
        );

    /// <summary>Reads where a blob ends; null when it is not there.</summary>
    /// <exception cref="StorageUnavailableException">It could not be read.</exception>
    public Task<BlobEnd?> FindEndAsync(string blob, CancellationToken cancellationToken) =>
        FindAsync<BlobEnd?>(
            async () =>
            {
                var found = (
                    await reads.GetBlobClient(blob).GetPropertiesAsync(cancellationToken: cancellationToken)
                ).Value;
                return new BlobEnd(found.ContentLength, found.ETag);
            },
            cancellationToken
        );

    /// <summary>Reads a blob; null when it is not there.</summary>
    /// <exception cref="StorageUnavailableException">It could not be read.</exception>
    public Task<byte[]?> ReadAsync(string blob, CancellationToken cancellationToken) =>
        ReadAsync(blob, default, cancellationToken);

    /// <summary>Reads a part of a blob that lies within it; null when the blob is not there.</summary>
    /// <exception cref="StorageUnavailableException">It could not be read.</exception>
    public Task<byte[]?> ReadAsync(string blob, long offset, int length, CancellationToken cancellationToken) =>
        ReadAsync(blob, new HttpRange(offset, length), cancellationToken);

    /// <summary>Lists the blobs whose names begin so, in order.</summary>
    /// <exception cref="StorageUnavailableException">They could not be listed.</exception>
    public async Task<IReadOnlyList<ListedBlob>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        await FindAsync(
            async () =>
            {
                var found = new List<ListedBlob>();
                var options = new GetBlobsOptions { Prefix = prefix };
                await foreach (var blob in reads.GetBlobsAsync(options, cancellationToken))
                {
                    found.Add(new(blob.Name, blob.Properties.ContentLength ?? 0));
                }

                return found;
            },
            cancellationToken
        ) ?? [];

    /// <summary>Lists the folders at the top, in order.</summary>
    /// <exception cref="StorageUnavailableException">They could not be listed.</exception>
    public async Task<IReadOnlyList<string>> ListFoldersAsync(CancellationToken cancellationToken) =>
        await FindAsync(
            async () =>
            {
                var found = new List<string>();
                var options = new GetBlobsByHierarchyOptions { Delimiter = "/" };
                await foreach (var item in reads.GetBlobsByHierarchyAsync(options, cancellationToken))
                {
                    if (item.IsPrefix)
                    {
                        found.Add(item.Prefix.TrimEnd('/'));
                    }
                }

                return found;
            },
            cancellationToken
        ) ?? [];

    /// <summary>Makes an empty blob to append to, that must not be there.</summary>
    /// <exception cref="AzureFailureException">It was not made, or nobody can tell.</exception>
    public Task CreateAppendableAsync(string blob) =>
        WriteAsync(() =>
            writes
                .GetAppendBlobClient(blob)
                .CreateAsync(
                    new AppendBlobCreateOptions { Conditions = new() { IfNoneMatch = ETag.All } },
                    CancellationToken.None
                )
        );

    /// <summary>Appends to a blob that ends where it is expected to: all of the bytes, or none.</summary>
    /// <returns>The blob's end afterwards.</returns>
    /// <exception cref="AzureFailureException">Nothing was appended, or nobody can tell.</exception>
    public async Task<BlobEnd> AppendAsync(string blob, BlobEnd end, byte[] bytes)
    {
        var options = new AppendBlobAppendBlockOptions
        {
            Conditions = new() { IfMatch = end.ETag, IfAppendPositionEqual = end.Length },
        };
        using var content = new MemoryStream(bytes, writable: false);
        var appended = await WriteAsync(() =>
            writes.GetAppendBlobClient(blob).AppendBlockAsync(content, options, CancellationToken.None)
        );
        return new(end.Length + bytes.Length, appended.Value.ETag);
    }

    /// <summary>Adds a blob that must not be there.</summary>
    /// <exception cref="AzureFailureException">It was not added, or nobody can tell.</exception>
    public Task AddAsync(string blob, ReadOnlyMemory<byte> content) =>
        WriteAsync(() =>
            writes
                .GetBlobClient(blob)
                .UploadAsync(
                    BinaryData.FromBytes(content),
                    new BlobUploadOptions { Conditions = Absent, TransferOptions = Pieces },
                    CancellationToken.None
                )
        );

    /// <summary>Removes a blob; nothing when it is not there.</summary>
    /// <exception cref="AzureFailureException">It was not removed, or nobody can tell.</exception>
    public Task DeleteAsync(string blob) =>
        WriteAsync(() => writes.GetBlobClient(blob).DeleteIfExistsAsync(cancellationToken: CancellationToken.None));

    /// <summary>Returns a blob of the container that is staged in blocks.</summary>
    public AzureBlockBlob BlockBlob(string blob) => new(account, reads.GetBlockBlobClient(blob), gate);

    private Task<byte[]?> ReadAsync(string blob, HttpRange range, CancellationToken cancellationToken) =>
        FindAsync(
            async () =>
            {
                var options = new BlobDownloadOptions { Range = range };
                var content = await reads.GetBlobClient(blob).DownloadContentAsync(options, cancellationToken);
                return content.Value.Content.ToArray();
            },
            cancellationToken
        );

    private async Task<TResult?> FindAsync<TResult>(Func<Task<TResult>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await gate.RunAsync(read, cancellationToken);
        }
        catch (Exception exception) when (AzureFailure.Of(exception, cancellationToken) is { } failure)
        {
            return failure.Kind == AzureFailureKind.ConditionFailed
                ? default
                : throw AzureErrors.Unavailable(failure, account);
        }
    }

    // Once a write has begun its outcome is awaited, so nobody's token ends it.
    private static async Task<TResult> WriteAsync<TResult>(Func<Task<TResult>> write)
    {
        try
        {
            return await write();
        }
        catch (Exception exception) when (AzureFailure.Of(exception) is { } failure)
        {
            throw new AzureFailureException(failure);
        }
    }
}
