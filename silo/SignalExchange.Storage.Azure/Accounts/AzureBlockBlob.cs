using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using SignalExchange.Storage.Azure.Errors;
using SignalExchange.Storage.Azure.Requests;

namespace SignalExchange.Storage.Azure.Accounts;

/// <summary>A blob that is staged in blocks, and replaced when they are listed. Behind a stream, so its failures are <see cref="IOException"/>.</summary>
/// <param name="account">The account's name, for people.</param>
/// <param name="client">Repeats what failed: a block that is staged again is the same, and so is their list.</param>
/// <param name="gate">Bounds the reads of all blobs together.</param>
internal sealed class AzureBlockBlob(string account, BlockBlobClient client, ReadGate gate)
{
    /// <summary>Keeps a block aside, for the list to name.</summary>
    /// <param name="id">Base64, of the same length for all blocks of the blob.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">It was not kept, or nobody can tell.</exception>
    public async Task StageAsync(string id, ArraySegment<byte> content, CancellationToken cancellationToken)
    {
        using var block = new MemoryStream(content.Array!, content.Offset, content.Count, writable: false);
        await RunAsync(() => client.StageBlockAsync(id, block, options: null, cancellationToken), cancellationToken);
    }

    /// <summary>Makes the blob of these blocks, at once. Once that has begun its outcome is awaited, so nobody's token ends it.</summary>
    /// <exception cref="IOException">The blob is as it was, or nobody can tell.</exception>
    public Task CommitAsync(IEnumerable<string> blocks) =>
        RunAsync(
            () => client.CommitBlockListAsync(blocks, new CommitBlockListOptions(), CancellationToken.None),
            CancellationToken.None
        );

    /// <summary>Reads a part of the blob that lies within it, as it was when its end was read.</summary>
    /// <exception cref="IOException">It could not be read, or the blob is another one by now.</exception>
    public async Task ReadAsync(BlobEnd end, long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions
        {
            Range = new HttpRange(offset, into.Length),
            Conditions = new() { IfMatch = end.ETag },
        };
        await RunAsync(
            () => gate.RunAsync(() => DownloadAsync(options, into, cancellationToken), cancellationToken),
            cancellationToken
        );
    }

    private async Task<int> DownloadAsync(
        BlobDownloadOptions options,
        Memory<byte> into,
        CancellationToken cancellationToken
    )
    {
        using var found = (await client.DownloadStreamingAsync(options, cancellationToken)).Value;
        await found.Content.ReadExactlyAsync(into, cancellationToken);
        return into.Length;
    }

    // What the SDK throws names addresses.
    private async Task RunAsync(Func<Task> request, CancellationToken cancellationToken)
    {
        try
        {
            await request();
        }
        catch (Exception exception) when (AzureFailure.Of(exception, cancellationToken) is { } failure)
        {
            throw failure.Kind == AzureFailureKind.ConditionFailed
                ? new IOException("Another blob has taken its place.")
                : Unavailable(failure);
        }
    }

    private IOException Unavailable(AzureFailure failure)
    {
        var unavailable = AzureErrors.Unavailable(failure, account);
        return new(unavailable.Message, unavailable);
    }
}
