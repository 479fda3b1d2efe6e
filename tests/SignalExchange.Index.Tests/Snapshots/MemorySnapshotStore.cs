using SignalExchange.Storage.Snapshots;

namespace SignalExchange.Index.Tests.Snapshots;

/// <summary>A snapshot as bytes that a test looks at and spoils.</summary>
internal sealed class MemorySnapshotStore : ISnapshotStore
{
    public byte[]? Content { get; set; }

    /// <summary>Gets or sets what writing and opening fail with; null for nothing.</summary>
    public Exception? Failure { get; set; }

    public int Writes { get; private set; }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        Failure is null
            ? Task.FromResult<Stream?>(Content is { } content ? new MemoryStream(content, writable: false) : null)
            : Task.FromException<Stream?>(Failure);

    public async Task ReplaceAsync(
        string name,
        Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken
    )
    {
        using var content = new MemoryStream();
        await write(content, cancellationToken);
        Content = Failure is null ? content.ToArray() : throw Failure;
        Writes++;
    }
}
