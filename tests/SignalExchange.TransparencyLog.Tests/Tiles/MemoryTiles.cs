using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Tests.Tiles;

/// <summary>A log's files in memory, to be looked at and tampered with.</summary>
internal sealed class MemoryTiles : ITileSource
{
    private readonly List<string> _reads = [];

    public Dictionary<string, byte[]> Files { get; } = [];

    public IReadOnlyList<string> Reads
    {
        get
        {
            lock (_reads)
            {
                return [.. _reads];
            }
        }
    }

    public void Write(IEnumerable<TileChange> changes)
    {
        foreach (var change in changes)
        {
            // A file that is written twice under one name must be the same: that is what write-once storage relies on.
            var path = change.Path.ToString();
            Assert.True(!Files.TryGetValue(path, out var old) || change.Bytes.Span.SequenceEqual(old), path);
            Files[path] = change.Bytes.ToArray();
        }
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        Read("checkpoint");

    public ValueTask<ReadOnlyMemory<byte>?> ReadVerifierKeyAsync(CancellationToken cancellationToken) =>
        new((ReadOnlyMemory<byte>?)null);

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TilePath path, CancellationToken cancellationToken) =>
        Read(path.ToString());

    private ValueTask<ReadOnlyMemory<byte>?> Read(string path)
    {
        lock (_reads)
        {
            _reads.Add(path);
        }

        // Not "bytes : null": that would be the empty memory of no array.
        return ValueTask.FromResult(
            Files.TryGetValue(path, out var bytes) ? new ReadOnlyMemory<byte>?(bytes) : default
        );
    }
}
