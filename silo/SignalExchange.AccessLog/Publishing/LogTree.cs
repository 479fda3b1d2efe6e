using SignalExchange.AccessLog.Formats;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>The tree as it grows: the rightmost tile of each level and the rightmost bundles, all in memory.</summary>
/// <remarks>
/// <para>
/// What becomes full is handed out to be written; what is not full can be had at any size. 256 hashes a level are 8 KiB: a tree of a
/// thousand million entries has four levels.
/// </para>
/// <para>One thread appends; reading the edges is safe from any thread.</para>
/// </remarks>
internal sealed class LogTree
{
    private readonly Lock _lock = new();
    private readonly List<TileEdge> _edges = [];
    private readonly Dictionary<string, byte[]> _unwritten = [];
    private readonly List<ReadOnlyMemory<byte>> _entries = [];
    private readonly List<ReadOnlyMemory<byte>> _details = [];

    /// <summary>Gets the number of entries in the tree.</summary>
    public long Size { get; private set; }

    /// <summary>Begins with full bundles that were written before.</summary>
    /// <param name="bundles">The full bundles.</param>
    /// <param name="edges">
    /// For each level above the leaves', the lowest first: how many full tiles it has, and the hashes of the tile that is not full.
    /// </param>
    public static LogTree Resume(long bundles, IReadOnlyList<(long Number, byte[] Hashes)> edges)
    {
        var tree = new LogTree { Size = bundles * LogPaths.TileWidth };
        tree.EdgeOf(0).Resume(bundles);
        for (var level = 1; level <= edges.Count; level++)
        {
            var edge = tree.EdgeOf(level);
            edge.Resume(edges[level - 1].Number);
            foreach (var hash in edges[level - 1].Hashes.Chunk(LogPaths.HashSize))
            {
                edge.Add(hash);
            }
        }

        return tree;
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="record">The entry and its sealed detail.</param>
    /// <param name="full">Where the tiles and bundles go that it fills.</param>
    public void Append(AccessLogRecord record, Queue<Resource> full)
    {
        Span<byte> hash = stackalloc byte[LogPaths.HashSize];
        MerkleHash.OfLeaf(record.Entry.Span, hash);
        lock (_lock)
        {
            _entries.Add(record.Entry);
            _details.Add(record.SealedDetail);
            if (_entries.Count == LogPaths.TileWidth)
            {
                FillBundles(full);
            }

            Add(0, hash, full);
            Size++;
        }
    }

    /// <summary>Returns the tiles and the entry bundle that are not full: with the full ones, all that a checkpoint of this size needs.</summary>
    public IReadOnlyList<Resource> Partials()
    {
        lock (_lock)
        {
            var partials = _edges
                .Where(edge => edge.Width > 0)
                .Select(edge => new Resource(
                    LogPaths.Tile(edge.Level, edge.Number, edge.Width),
                    edge.Hashes.ToArray(),
                    edge.Level,
                    edge.Number
                ))
                .ToList();
            if (_entries.Count > 0)
            {
                var number = Size / LogPaths.TileWidth;
                var path = LogPaths.Entries(number, _entries.Count);
                partials.Insert(0, new(path, EntryBundles.Write(_entries), -1, number));
            }

            return partials;
        }
    }

    /// <summary>Returns the root.</summary>
    public byte[] Root()
    {
        lock (_lock)
        {
            // RFC 6962 2.1: the largest complete subtrees, from left to right, hashed together from the right. Each edge holds
            // complete subtrees of one size; from the lowest edge up is from right to left.
            var root = Array.Empty<byte>();
            foreach (var edge in _edges)
            {
                root = MerkleHash.Fold(edge.Hashes, root);
            }

            return root.Length > 0 ? root : MerkleHash.OfNothing();
        }
    }

    /// <summary>Looks a hash up in the tiles that are not full, or full and not yet written.</summary>
    /// <returns>The hash; null when it is in a written tile, or not in the tree.</returns>
    public byte[]? Find(int level, long index)
    {
        lock (_lock)
        {
            if (level >= _edges.Count)
            {
                return null;
            }

            var (number, place) = (index / LogPaths.TileWidth, (int)(index % LogPaths.TileWidth));
            var edge = _edges[level];
            return number == edge.Number && place < edge.Width ? edge[place].ToArray()
                : _unwritten.TryGetValue(LogPaths.Tile(level, number, LogPaths.TileWidth), out var tile)
                    ? tile.AsSpan(place * LogPaths.HashSize, LogPaths.HashSize).ToArray()
                : null;
        }
    }

    /// <summary>Lets go of a full tile that is on stable storage.</summary>
    public void NoteWritten(string path)
    {
        lock (_lock)
        {
            _unwritten.Remove(path);
        }
    }

    private void FillBundles(Queue<Resource> full)
    {
        var number = Size / LogPaths.TileWidth;
        full.Enqueue(new(DetailBundle.PathOf(number), DetailBundle.Write(_details), -1, number));
        full.Enqueue(new(LogPaths.Entries(number, LogPaths.TileWidth), EntryBundles.Write(_entries), -1, number));
        _entries.Clear();
        _details.Clear();
    }

    private void Add(int level, ReadOnlySpan<byte> hash, Queue<Resource> full)
    {
        var edge = EdgeOf(level);
        if (edge.Add(hash) is { } tile)
        {
            var path = LogPaths.Tile(level, edge.Number - 1, LogPaths.TileWidth);
            _unwritten.Add(path, tile);
            full.Enqueue(new(path, tile, level, edge.Number - 1));
            Add(level + 1, MerkleHash.OfTile(tile), full);
        }
    }

    private TileEdge EdgeOf(int level)
    {
        while (_edges.Count <= level)
        {
            _edges.Add(new(_edges.Count));
        }

        return _edges[level];
    }
}
