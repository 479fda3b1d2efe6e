using System.Globalization;
using System.Text.RegularExpressions;

namespace SignalExchange.Storage.AccessLog;

/// <summary>The names of logs and resources, the same for every engine: whatever else is asked for is a fault of the caller.</summary>
public static partial class AccessLogPaths
{
    /// <summary>The checkpoint that everybody may see.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The checkpoint that was signed and offered to witnesses, and is not yet published.</summary>
    public const string SignedCheckpoint = "checkpoint.signed";

    /// <summary>The key that checkpoints are verified with, for who tries things out; who relies on a log gets it otherwise.</summary>
    public const string VerifierKey = "log.vkey";

    private const string KeyFolder = "keys";
    private const string DetailFolder = "detail/";
    private const int MaxLogLength = 32;
    private const long BundleSize = TailRowCodec.BundleSize;

    /// <summary>Whether it can name a log: at most 32 lower-case letters, digits and single hyphens; not "keys".</summary>
    public static bool IsLog(string log) => log.Length <= MaxLogLength && log != KeyFolder && LogName().IsMatch(log);

    /// <summary>Whether it can be a resource's path: a checkpoint, the verifier key, or below tile/ or detail/ in C2SP's form.</summary>
    public static bool IsResource(string path) => IsReplaced(path) || TilePath().IsMatch(path);

    /// <summary>Whether everybody may read a resource: neither sealed details nor what waits for its witnesses.</summary>
    public static bool IsPublic(string path) =>
        IsResource(path) && path != SignedCheckpoint && !path.StartsWith(DetailFolder, StringComparison.Ordinal);

    /// <summary>Throws unless it can name a log: at most 32 lower-case letters, digits and single hyphens; not "keys".</summary>
    /// <exception cref="ArgumentException">It can't.</exception>
    public static void CheckLog(string log)
    {
        if (!IsLog(log))
        {
            throw new ArgumentException(
                $"A log's name has at most {MaxLogLength} lower-case letters, digits and single hyphens, and is not '{KeyFolder}'.",
                nameof(log)
            );
        }
    }

    /// <summary>Throws unless it can be a resource's path: a checkpoint, or below tile/ or detail/ in C2SP's form.</summary>
    /// <exception cref="ArgumentException">It can't.</exception>
    public static void CheckResource(string path)
    {
        if (!IsResource(path))
        {
            throw new ArgumentException(
                "A resource is a checkpoint, the verifier key, or lies below tile/ or detail/.",
                nameof(path)
            );
        }
    }

    /// <summary>Whether a resource never changes once it is written: full and partial tiles and bundles are, checkpoints aren't.</summary>
    public static bool IsImmutable(string path) => !IsReplaced(path);

    /// <summary>Whether the path is that of a partial tile or bundle.</summary>
    public static bool IsPartial(string path) => path.Contains(".p/", StringComparison.Ordinal);

    /// <summary>Returns how many entries a log has at least when it has a resource; 0 for what is replaced, as a checkpoint is.</summary>
    /// <param name="path">A resource's path.</param>
    /// <remarks>
    /// https://c2sp.org/tlog-tiles: a tile of level L has the hashes of 256 subtrees of 256^L entries, a partial one of fewer; a bundle has
    /// the entries below a tile of level 0.
    /// </remarks>
    public static long EntriesNeeded(string path)
    {
        CheckResource(path);
        if (IsReplaced(path))
        {
            return 0;
        }

        var parts = path.Split('/');
        var numbers = parts.SkipWhile(part => part is "tile" or "detail").ToArray();
        var level =
            parts[0] == "tile" && int.TryParse(numbers[0], CultureInfo.InvariantCulture, out var tileLevel)
                ? tileLevel
                : 0;
        var width = IsPartial(path) ? long.Parse(numbers[^1], CultureInfo.InvariantCulture) : BundleSize;
        var index = numbers
            .Skip(parts[0] == "tile" ? 1 : 0)
            .Take(numbers.Length - (IsPartial(path) ? 1 : 0) - (parts[0] == "tile" ? 1 : 0))
            .Select(part => part.Replace(".p", "", StringComparison.Ordinal).TrimStart('x'))
            .Aggregate(0L, (before, part) => (before * 1000) + long.Parse(part, CultureInfo.InvariantCulture));

        // Beyond what 63 bits hold there are no entries, and so no such tile.
        var entries = ((Int128)index * BundleSize + width) << (8 * Math.Min(level, 8));
        return entries > long.MaxValue ? long.MaxValue : (long)entries;
    }

    /// <summary>Returns the folders of the partial tiles and bundles of a log of some size, as <c>tile/0/x001/234.p</c>.</summary>
    /// <param name="size">Its entries.</param>
    /// <remarks>https://c2sp.org/tlog-tiles, "Partial Tiles": on each level one at most, the last.</remarks>
    public static IEnumerable<string> PartialFolders(long size)
    {
        for (var level = 0; size > 0; level++, size /= BundleSize)
        {
            if (size % BundleSize == 0)
            {
                continue;
            }

            var index = IndexOf(size / BundleSize);
            yield return string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{index}.p");
            if (level == 0)
            {
                yield return $"tile/entries/{index}.p";
                yield return $"{DetailFolder}{index}.p";
            }
        }
    }

    private static string IndexOf(long index)
    {
        var path = (index % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (index /= 1000; index > 0; index /= 1000)
        {
            path = string.Create(CultureInfo.InvariantCulture, $"x{index % 1000:D3}/{path}");
        }

        return path;
    }

    private static bool IsReplaced(string path) => path is Checkpoint or SignedCheckpoint or VerifierKey;

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LogName();

    // https://c2sp.org/tlog-tiles, "Parameters": groups of three digits, all but the last with an x; .p/ and 1 to 255.
    [GeneratedRegex(
        @"\A(tile/([0-9]|[1-5][0-9]|6[0-3]|entries)|detail)(/x[0-9]{3})*/[0-9]{3}(\.p/[1-9][0-9]{0,2})?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex TilePath();
}
