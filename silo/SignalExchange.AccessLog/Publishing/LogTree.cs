using SignalExchange.Storage.AccessLog;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Tiles;

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
    private readonly Dictionary<TilePath, MerkleHash[]> _unwritten = [];
    private readonly List<ReadOnlyMemory<byte>> _entries = [];
    private readonly List<ReadOnlyMemory<byte>> _details = [];

    /// <summary>Gets the number of entries in the tree.</summary>
    public long Size { get; private set; }

    /// <summary>Begins with full bundles that were written before.</summary>
    /// <param name="bundles">The full bundles.</param>
    /// <param name="edges">
    /// For each level above the leaves', the lowest first: how many full tiles it has, and the hashes of the tile that is not full.
    /// </param>
    public static LogTree Resume(long bundles, IReadOnlyList<(long Number, IReadOnlyList<MerkleHash> Hashes)> edges)
    {
        var tree = new LogTree { Size = bundles * TilePath.FullWidth };
        tree.EdgeOf(0).Resume(bundles);
        for (var level = 1; level <= edges.Count; level++)
        {
            var edge = tree.EdgeOf(level);
            edge.Resume(edges[level - 1].Number);
            foreach (var hash in edges[level - 1].Hashes)
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
        var hash = MerkleHashing.HashLeaf(record.Entry.Span);
        lock (_lock)
        {
            _entries.Add(record.Entry);
            _details.Add(record.SealedDetail);
            if (_entries.Count == TilePath.FullWidth)
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
                    TilePath.Hashes(edge.Level, edge.Number, edge.Width),
                    MerkleHash.AsBytes(edge.Hashes).ToArray()
                ))
                .ToList();
            if (_entries.Count > 0)
            {
                partials.Insert(0, Bundles.OfEntries(Size / TilePath.FullWidth, _entries));
            }

            return partials;
        }
    }

    /// <summary>Returns the root.</summary>
    public MerkleHash Root()
    {
        lock (_lock)
        {
            // Each edge holds full subtrees of one size; from the highest edge down is from left to right.
            var frontier = new MerkleFrontier();
            foreach (var edge in Enumerable.Reverse(_edges))
            {
                foreach (ref readonly var hash in edge.Hashes)
                {
                    frontier.Append(hash, edge.Level * TilePath.Height);
                }
            }

            return frontier.Root;
        }
    }

    /// <summary>Looks a hash up in the tiles that are not full, or full and not yet written.</summary>
    /// <returns>The hash; null when it is in a written tile, or not in the tree.</returns>
    public MerkleHash? Find(int level, long index)
    {
        lock (_lock)
        {
            if (level >= _edges.Count)
            {
                return null;
            }

            var (number, place) = (index / TilePath.FullWidth, (int)(index % TilePath.FullWidth));
            var edge = _edges[level];
            return number == edge.Number && place < edge.Width ? edge.Hashes[place]
                : _unwritten.TryGetValue(TilePath.Hashes(level, number), out var tile) ? tile[place]
                : null;
        }
    }

    /// <summary>Lets go of a full tile that is on stable storage.</summary>
    public void NoteWritten(TilePath path)
    {
        lock (_lock)
        {
            _unwritten.Remove(path);
        }
    }

    private void FillBundles(Queue<Resource> full)
    {
        var number = Size / TilePath.FullWidth;
        full.Enqueue(Bundles.OfDetails(number, _details));
        full.Enqueue(Bundles.OfEntries(number, _entries));
        _entries.Clear();
        _details.Clear();
    }

    private void Add(int level, in MerkleHash hash, Queue<Resource> full)
    {
        var edge = EdgeOf(level);
        if (edge.Add(hash) is { } tile)
        {
            var path = TilePath.Hashes(level, edge.Number - 1);
            _unwritten.Add(path, tile);
            full.Enqueue(new(path, MerkleHash.AsBytes(tile).ToArray()));
            Add(level + 1, MerkleHashing.HashTree(tile), full);
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
