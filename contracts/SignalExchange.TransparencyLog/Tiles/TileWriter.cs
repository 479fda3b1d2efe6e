using System.Runtime.InteropServices;
using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>Makes the tiles of a growing tree.</summary>
/// <remarks>
/// Keeps the partial tile of each level, nothing else. Not safe from several threads. Writing its files is the caller's work;
/// a checkpoint may be published once the files of its size are.
/// </remarks>
public sealed class TileWriter
{
    private readonly List<List<MerkleHash>> _partial = [];
    private readonly List<TileChange> _full = [];
    private long _published;

    /// <summary>Makes the writer of a tree that is still empty.</summary>
    public TileWriter() { }

    /// <summary>Gets the number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Makes the writer of a tree that has tiles already.</summary>
    /// <param name="source">Its tiles.</param>
    /// <param name="size">Its size.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidDataException">A partial tile is absent or has another length.</exception>
    /// <remarks>Compare <see cref="TileTreeReader.ReadFrontierAsync"/> with the signed root first: nothing is checked here.</remarks>
    public static async Task<TileWriter> RestoreAsync(
        ITileSource source,
        long size,
        CancellationToken cancellationToken
    )
    {
        var reader = new TileTreeReader(source, size);
        var writer = new TileWriter { Size = size, _published = size };
        foreach (var path in new TreeShape(size).PartialTiles())
        {
            var tile = await reader.ReadTileAsync(path, cancellationToken).ConfigureAwait(false);
            writer.Partial(path.Level).AddRange(tile);
        }

        return writer;
    }

    /// <summary>Appends a leaf.</summary>
    /// <param name="leaf">Its hash.</param>
    public void Append(in MerkleHash leaf)
    {
        Add(0, leaf);
        Size++;
    }

    /// <summary>Returns the files that are new since the last call: tiles that got full, and the partial ones.</summary>
    /// <returns>In the order in which they may be written: none if nothing was appended.</returns>
    public IReadOnlyList<TileChange> TakeChanges()
    {
        var shape = new TreeShape(_published);
        var partial =
            from path in new TreeShape(Size).PartialTiles()
            where shape.HashesAt(path.Level) != new TreeShape(Size).HashesAt(path.Level)
            select new TileChange(path, Bytes(_partial[path.Level]));
        List<TileChange> changes = [.. _full, .. partial];
        _full.Clear();
        _published = Size;
        return changes;
    }

    private void Add(int level, in MerkleHash hash)
    {
        var tile = Partial(level);
        tile.Add(hash);
        if (tile.Count == TilePath.FullWidth)
        {
            var index = (new TreeShape(Size + 1).HashesAt(level) / TilePath.FullWidth) - 1;
            _full.Add(new TileChange(TilePath.Hashes(level, index), Bytes(tile)));
            Add(level + 1, MerkleHashing.HashTree(CollectionsMarshal.AsSpan(tile)));
            tile.Clear();
        }
    }

    private List<MerkleHash> Partial(int level)
    {
        while (_partial.Count <= level)
        {
            _partial.Add(new List<MerkleHash>(TilePath.FullWidth));
        }

        return _partial[level];
    }

    private static byte[] Bytes(List<MerkleHash> tile) =>
        MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(tile)).ToArray();
}
