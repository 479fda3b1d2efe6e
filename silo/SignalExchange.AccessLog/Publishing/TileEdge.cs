using SignalExchange.AccessLog.Formats;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>The rightmost tile of one level of the tree: what is not yet full.</summary>
/// <param name="level">Level 0 holds the leaves' hashes; level L those of subtrees of 256^L leaves.</param>
internal sealed class TileEdge(int level)
{
    private readonly byte[] _hashes = new byte[LogPaths.TileWidth * LogPaths.HashSize];

    /// <summary>Gets the level.</summary>
    public int Level => level;

    /// <summary>Gets the tile's number: how many full tiles the level has.</summary>
    public long Number { get; private set; }

    /// <summary>Gets how many hashes it has, fewer than a full tile's.</summary>
    public int Width { get; private set; }

    /// <summary>Gets its bytes.</summary>
    public ReadOnlySpan<byte> Hashes => _hashes.AsSpan(0, Width * LogPaths.HashSize);

    /// <summary>Gets one of its hashes.</summary>
    public ReadOnlySpan<byte> this[int index] => Hashes.Slice(index * LogPaths.HashSize, LogPaths.HashSize);

    /// <summary>Adds a hash.</summary>
    /// <returns>The full tile's bytes when it was the last one, and the edge is empty again; null otherwise.</returns>
    public byte[]? Add(ReadOnlySpan<byte> hash)
    {
        hash.CopyTo(_hashes.AsSpan(Width * LogPaths.HashSize));
        if (++Width < LogPaths.TileWidth)
        {
            return null;
        }

        (Width, Number) = (0, Number + 1);
        return [.. _hashes];
    }

    /// <summary>Sets it to what is known of a level.</summary>
    public void Resume(long number) => Number = number;
}
