using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Azure.AccessLog;
using SignalExchange.Storage.Azure.Accounts;

namespace SignalExchange.Storage.Azure.Archives;

/// <summary>An access log at one moment: how it stood, its tail and its checkpoints, all by its journal.</summary>
/// <remarks>
/// Partial tiles are read right behind it, and the moment counts if no later checkpoint is there then: with one they go. Full ones never change, and are read
/// later.
/// </remarks>
internal sealed class LogCopy
{
    private const int MaxReadBytes = 4 * 1024 * 1024;
    private const int MaxTries = 20;

    private readonly AzureContainer _container;
    private readonly JournalPlace _end;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _passing;

    private LogCopy(
        AzureContainer container,
        string log,
        JournalView view,
        IReadOnlyList<ArchivedTail> tail,
        IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> partials
    )
    {
        (_container, _end, Tail) = (container, view.Next, tail);
        _passing = view.Resources.Concat(partials).ToDictionary(StringComparer.Ordinal);
        Log = new(log, view.State.Epoch, view.State.Extent);
    }

    /// <summary>Gets how the log stood.</summary>
    public ArchivedAccessLog Log { get; }

    /// <summary>Gets its tail.</summary>
    public IReadOnlyList<ArchivedTail> Tail { get; }

    /// <summary>Reads the names of all logs.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(
        AzureContainer container,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await container.ListFoldersAsync(cancellationToken))
                .Where(AccessLogPaths.IsLog)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Reads a log.</summary>
    /// <exception cref="StorageUnavailableException">Its writer trims it faster than it can be read.</exception>
    public static async Task<LogCopy> ReadAsync(
        AzureContainer container,
        string log,
        CancellationToken cancellationToken
    )
    {
        var reader = new JournalReader(container, log);
        for (var left = MaxTries; left > 0; left--)
        {
            if (
                await ViewAsync(reader, cancellationToken) is { } view
                && await TailAsync(reader, log, view, cancellationToken) is { } tail
            )
            {
                var published = view.State.Extent.Published;
                var partials = await PartialsAsync(container, log, view, cancellationToken);
                if ((await ViewAsync(reader, cancellationToken))?.State.Extent.Published == published)
                {
                    return new(container, log, view, tail, partials);
                }
            }
        }

        throw new StorageUnavailableException(
            $"Log '{log}' is published and trimmed faster than it is read. Try again."
        );
    }

    /// <summary>Whether nothing was written to it since.</summary>
    public async Task<bool> IsUnchangedAsync(CancellationToken cancellationToken) =>
        (await ViewAsync(new(_container, Log.Log), cancellationToken))?.Next == _end;

    /// <summary>Reads its files, in the order of their paths.</summary>
    /// <exception cref="StorageFormatException">One that it needs is gone.</exception>
    public async IAsyncEnumerable<ArchivedResource> ResourcesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var path in await PathsAsync(cancellationToken))
        {
            if (!_passing.TryGetValue(path, out var content))
            {
                content =
                    await _container.ReadAsync(LogBlobs.Resource(Log.Log, path), cancellationToken)
                    ?? throw new StorageFormatException($"Log '{Log.Log}' has lost its file {path} meanwhile.");
            }

            yield return new(Log.Log, path, content);
        }
    }

    private async Task<IReadOnlyList<string>> PathsAsync(CancellationToken cancellationToken)
    {
        var folder = LogBlobs.Resource(Log.Log, "");
        var blobs = await _container.ListAsync(folder, cancellationToken);
        return
        [
            .. blobs
                .Select(blob => blob.Name[folder.Length..])
                .Where(path => AccessLogPaths.IsResource(path) && AccessLogPaths.IsImmutable(path))
                .Where(path => !AccessLogPaths.IsPartial(path) && AccessLogPaths.EntriesNeeded(path) <= Log.Extent.Size)
                .Concat(_passing.Keys)
                .Order(StringComparer.Ordinal),
        ];
    }

    // Null when its beginning was trimmed meanwhile.
    private static async Task<JournalView?> ViewAsync(JournalReader reader, CancellationToken cancellationToken)
    {
        var view = await reader.FindAsync(cancellationToken);
        return view.Segment == 0 || await reader.TryReadOnAsync(view, cancellationToken) ? view : null;
    }

    private static async Task<IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>>> PartialsAsync(
        AzureContainer container,
        string log,
        JournalView view,
        CancellationToken cancellationToken
    )
    {
        var extent = view.State.Extent;
        var partials = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        foreach (var folder in PublishedSizes.PartialFolders(extent.Published, view.Resources.Values))
        {
            foreach (var blob in await container.ListAsync(LogBlobs.Resource(log, folder + "/"), cancellationToken))
            {
                var path = blob.Name[LogBlobs.Resource(log, "").Length..];
                if (
                    AccessLogPaths.EntriesNeeded(path) <= extent.Size
                    && await container.ReadAsync(blob.Name, cancellationToken) is { } content
                )
                {
                    partials.Add(new(path, content));
                }
            }
        }

        return partials;
    }

    // Null when it was trimmed meanwhile.
    private static async Task<IReadOnlyList<ArchivedTail>?> TailAsync(
        JournalReader reader,
        string log,
        JournalView view,
        CancellationToken cancellationToken
    )
    {
        var (tail, extent) = (new List<ArchivedTail>(), view.State.Extent);
        for (var next = extent.First; next < extent.Size; next = tail[^1].FirstIndex + tail[^1].Count)
        {
            var frames = view.Find(log, next, extent.Size, MaxReadBytes);
            if (await reader.ReadFramesAsync(frames, cancellationToken) is not { } read)
            {
                return null;
            }

            tail.AddRange(
                read.SelectMany(frame => Rows(log, frame)).Where(row => row.FirstIndex + row.Count > extent.First)
            );
        }

        return tail;
    }

    // As every engine has them: a row ends where its bundle does.
    private static IEnumerable<ArchivedTail> Rows(string log, JournalFrame frame)
    {
        if (TailRowCodec.CountFrom(frame.First, frame.Count) == frame.Count)
        {
            yield return new(log, frame.First, frame.Count, frame.Records);
            yield break;
        }

        var records = TailRowCodec.Read(frame.Records, frame.Count);
        for (int done = 0, count; done < frame.Count; done += count)
        {
            count = TailRowCodec.CountFrom(frame.First + done, frame.Count - done);
            var row = new byte[TailRowCodec.Measure(records, done, count)];
            TailRowCodec.Write(records, done, count, row);
            yield return new(log, frame.First + done, count, row);
        }
    }
}
