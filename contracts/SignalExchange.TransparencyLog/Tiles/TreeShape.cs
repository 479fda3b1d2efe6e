namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>Which tiles a tree of a given size has (C2SP tlog-tiles, "Partial Tiles").</summary>
/// <param name="Size">The number of leaves.</param>
internal readonly record struct TreeShape(long Size)
{
    /// <summary>Returns how many hashes there are at a level of tiles.</summary>
    // A shift by 64 or more would be one by its remainder; 8 levels of tiles hold more leaves than a long can count.
    public long HashesAt(int level) => level * TilePath.Height >= 63 ? 0 : Size >> (level * TilePath.Height);

    /// <summary>Returns how many hashes a tile has, or entries a bundle: 256 but for the last of a level.</summary>
    public int WidthOf(int level, long index) =>
        (int)Math.Min(TilePath.FullWidth, HashesAt(level) - (index * TilePath.FullWidth));

    /// <summary>Returns how many tiles there are at a level, the partial one among them.</summary>
    public long TilesAt(int level) => (HashesAt(level) + TilePath.FullWidth - 1) / TilePath.FullWidth;

    /// <summary>Returns the levels that have a tile, from 0.</summary>
    public int Levels()
    {
        var levels = 0;
        while (HashesAt(levels) > 0)
        {
            levels++;
        }

        return levels;
    }

    /// <summary>Returns the partial tiles, from level 0 up: at most one a level.</summary>
    public IEnumerable<TilePath> PartialTiles()
    {
        for (var level = 0; level < Levels(); level++)
        {
            if ((int)(HashesAt(level) % TilePath.FullWidth) is var width and > 0)
            {
                yield return TilePath.Hashes(level, HashesAt(level) / TilePath.FullWidth, width);
            }
        }
    }
}
