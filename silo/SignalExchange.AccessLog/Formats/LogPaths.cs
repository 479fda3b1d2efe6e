using System.Globalization;

namespace SignalExchange.AccessLog.Formats;

/// <summary>Where tiles and bundles lie: https://c2sp.org/tlog-tiles.</summary>
internal static class LogPaths
{
    /// <summary>How many hashes or entries a full tile or bundle has.</summary>
    public const int TileWidth = 256;

    /// <summary>The size of a hash, in bytes.</summary>
    public const int HashSize = 32;

    private const int GroupSize = 1000;

    /// <summary>Returns the path of a tile.</summary>
    /// <param name="level">The level.</param>
    /// <param name="number">The tile's number in its level.</param>
    /// <param name="width">How many hashes it has; <see cref="TileWidth"/> for a full one.</param>
    public static string Tile(int level, long number, int width) =>
        string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{NumberOf(number)}{SuffixOf(width)}");

    /// <summary>Returns the path of an entry bundle.</summary>
    public static string Entries(long number, int width) => $"tile/entries/{NumberOf(number)}{SuffixOf(width)}";

    /// <summary>Returns the path of the full form of a tile or bundle.</summary>
    public static string FullOf(string path) =>
        path.IndexOf(".p/", StringComparison.Ordinal) is >= 0 and var end ? path[..end] : path;

    /// <summary>Returns a number in groups of three digits, all but the last behind an x: 1234067 is x001/x234/067.</summary>
    public static string NumberOf(long number)
    {
        var text = (number % GroupSize).ToString("000", CultureInfo.InvariantCulture);
        while ((number /= GroupSize) > 0)
        {
            text = string.Create(CultureInfo.InvariantCulture, $"x{number % GroupSize:000}/{text}");
        }

        return text;
    }

    private static string SuffixOf(int width) =>
        width == TileWidth ? "" : string.Create(CultureInfo.InvariantCulture, $".p/{width}");
}
