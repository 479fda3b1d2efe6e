using System.Globalization;
using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>The name of a tile or of a bundle (C2SP tlog-tiles).</summary>
/// <remarks>Immutable. <see cref="ToString"/> is the path; <see cref="TryParse"/> reads nothing else.</remarks>
public readonly record struct TilePath
{
    /// <summary>How many hashes, entries or details a full one holds.</summary>
    public const int FullWidth = 256;

    /// <summary>How many levels of the tree a tile spans: 2^8 is 256.</summary>
    public const int Height = 8;

    /// <summary>The highest level that there can be.</summary>
    public const int MaxLevel = 63;

    private TilePath(TileKind kind, int level, long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        (Kind, Level, Index, Width) = (kind, level, index, width);
    }

    /// <summary>Gets what the file holds.</summary>
    public TileKind Kind { get; }

    /// <summary>Gets the level: a tile of level L holds hashes of subtrees of 256^L leaves. 0 for bundles.</summary>
    public int Level { get; }

    /// <summary>Gets its place within its level, from 0.</summary>
    public long Index { get; }

    /// <summary>Gets how many hashes, entries or details it holds: 1 to 255 if partial, else 256.</summary>
    public int Width { get; }

    /// <summary>Gets a value indicating whether it can still grow.</summary>
    public bool IsPartial => Width < FullWidth;

    /// <summary>Gets the same with all its places taken.</summary>
    public TilePath Full => new(Kind, Level, Index, FullWidth);

    /// <summary>Gets the most bytes that such a file can have.</summary>
    public int MaxBytes =>
        Kind switch
        {
            TileKind.Hashes => Width * MerkleHash.Size,
            TileKind.Entries => Width * (sizeof(ushort) + EntryBundle.MaxEntryBytes),
            _ => Width * (sizeof(uint) + DetailBundle.MaxDetailBytes),
        };

    /// <summary>Names a tile of hashes.</summary>
    /// <param name="level">From 0 to 63.</param>
    /// <param name="index">From 0.</param>
    /// <param name="width">From 1 to 256.</param>
    public static TilePath Hashes(int level, long index, int width = FullWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
        return new(TileKind.Hashes, level, index, width);
    }

    /// <summary>Names a bundle of entries.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="width">From 1 to 256.</param>
    public static TilePath Entries(long index, int width = FullWidth) => new(TileKind.Entries, 0, index, width);

    /// <summary>Names a bundle of sealed details.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="width">From 1 to 256.</param>
    public static TilePath Details(long index, int width = FullWidth) => new(TileKind.Details, 0, index, width);

    /// <summary>Reads a path; only the one spelling that there is of each.</summary>
    /// <param name="text">For example <c>tile/0/x001/x234/067.p/12</c>.</param>
    /// <param name="path">What it names, if it names anything.</param>
    /// <returns>Whether it does.</returns>
    public static bool TryParse(string text, out TilePath path) => TilePathText.TryParse(text, out path);

    /// <summary>Returns the path, with slashes, relative to the log's own address.</summary>
    public override string ToString()
    {
        var folder = Kind switch
        {
            TileKind.Hashes => string.Create(CultureInfo.InvariantCulture, $"tile/{Level}/"),
            TileKind.Entries => TilePathText.EntriesFolder,
            _ => TilePathText.DetailsFolder,
        };
        return folder + TilePathText.Format(Index, Width);
    }
}
