using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>A tile or bundle that is to be written.</summary>
/// <param name="Path">Where, in C2SP's layout.</param>
/// <param name="Content">The bytes.</param>
internal readonly record struct Resource(TilePath Path, byte[] Content)
{
    /// <summary>Returns the path of the tile that a hash of this tile is the root of; null where hashes are of entries.</summary>
    /// <param name="place">The place of a byte of the hash.</param>
    public TilePath? PathBelow(int place) =>
        Path is { Kind: TileKind.Hashes, Level: > 0 }
            ? TilePath.Hashes(Path.Level - 1, (Path.Index * TilePath.FullWidth) + (place / MerkleHash.Size))
            : null;

    /// <summary>Returns the path.</summary>
    public override string ToString() => Path.ToString();
}
