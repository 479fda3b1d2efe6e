using System.Globalization;

namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>How paths are written: 1234067 is <c>x001/x234/067</c>, a partial one ends in <c>.p/W</c>.</summary>
internal static class TilePathText
{
    public const string EntriesFolder = "tile/entries/";
    public const string DetailsFolder = "detail/";
    private const string HashesFolder = "tile/";
    private const string PartialMark = ".p/";

    public static string Format(long index, int width)
    {
        var text = Group(index % 1000);
        for (var rest = index / 1000; rest > 0; rest /= 1000)
        {
            text = $"x{Group(rest % 1000)}/{text}";
        }

        return width < TilePath.FullWidth ? text + PartialMark + width.ToString(CultureInfo.InvariantCulture) : text;
    }

    // Whatever is read is written again and compared: so no second spelling of a path is ever taken.
    public static bool TryParse(string text, out TilePath path)
    {
        path = default;
        var (folder, rest) = Split(text);
        var (groups, width) = SplitWidth(rest);
        if (folder is null || width is < 1 or > TilePath.FullWidth || ParseIndex(groups) is not { } index)
        {
            return false;
        }

        var level = 0;
        if (folder == HashesFolder && !TryParseLevel(text, out level))
        {
            return false;
        }

        path = folder switch
        {
            EntriesFolder => TilePath.Entries(index, width),
            DetailsFolder => TilePath.Details(index, width),
            _ => TilePath.Hashes(level, index, width),
        };
        return path.ToString() == text;
    }

    private static (string? Folder, string Tail) Split(string text)
    {
        if (text.StartsWith(EntriesFolder, StringComparison.Ordinal))
        {
            return (EntriesFolder, text[EntriesFolder.Length..]);
        }

        if (text.StartsWith(DetailsFolder, StringComparison.Ordinal))
        {
            return (DetailsFolder, text[DetailsFolder.Length..]);
        }

        var slash = text.IndexOf('/', Math.Min(HashesFolder.Length, text.Length));
        return text.StartsWith(HashesFolder, StringComparison.Ordinal) && slash >= 0
            ? (HashesFolder, text[(slash + 1)..])
            : (null, "");
    }

    private static (string Groups, int Width) SplitWidth(string rest) =>
        rest.Split(PartialMark) switch
        {
            [var groups] => (groups, TilePath.FullWidth),
            [var groups, var width] when int.TryParse(width, NumberStyles.None, null, out var number) => (
                groups,
                number
            ),
            _ => ("", 0),
        };

    private static bool TryParseLevel(string text, out int level) =>
        int.TryParse(text.Split('/')[1], NumberStyles.None, CultureInfo.InvariantCulture, out level)
        && level <= TilePath.MaxLevel;

    private static long? ParseIndex(string groups)
    {
        var digits = groups.Replace("/", "", StringComparison.Ordinal).Replace("x", "", StringComparison.Ordinal);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }

    private static string Group(long number) => number.ToString("000", CultureInfo.InvariantCulture);
}
