using SignalExchange.AccessLog.Formats;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>A tile or bundle that is to be written.</summary>
/// <param name="Path">Where, in C2SP's layout.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Level">A tile's level; -1 for a bundle.</param>
/// <param name="Number">The tile's or bundle's number.</param>
internal readonly record struct Resource(string Path, byte[] Content, int Level, long Number)
{
    /// <summary>Returns the path of the tile that a hash of this tile is the root of; null where hashes are of entries.</summary>
    /// <param name="place">The place of a byte of the hash.</param>
    public string? PathBelow(int place) =>
        Level < 1
            ? null
            : LogPaths.Tile(Level - 1, Number * LogPaths.TileWidth + place / LogPaths.HashSize, LogPaths.TileWidth);

    /// <summary>Returns the path.</summary>
    public override string ToString() => Path;
}
