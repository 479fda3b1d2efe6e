using System.Globalization;
using System.Text;

namespace SignalExchange.Tokens.Templates.Folding;

/// <summary>Reads <c>ad-fold.txt</c>: sections in brackets, hexadecimal code points, one fact a line.</summary>
internal sealed class AdFoldFile
{
    private const string Resource = "SignalExchange.Tokens.Templates.Folding.ad-fold.txt";

    private readonly Dictionary<string, List<string>> _sections = new(StringComparer.Ordinal);

    /// <summary>Reads the table out of this assembly.</summary>
    /// <exception cref="InvalidOperationException">The assembly was built without it.</exception>
    public AdFoldFile()
    {
        using var stream =
            typeof(AdFoldFile).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("SignalExchange.Tokens was built without the fold table of ads.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        List<string> section = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
            {
                _sections.Add(line[1..^1], section = []);
            }
            else if (!line.StartsWith('#'))
            {
                section.Add(line);
            }
        }
    }

    /// <summary>Reads lines of <c>first[-last]</c>.</summary>
    public IEnumerable<(int First, int Last)> Ranges(string section) =>
        _sections[section].Select(line => line.Split('-')).Select(ends => (Number(ends[0]), Number(ends[^1])));

    /// <summary>Reads the lines of <c>from to to ...</c>.</summary>
    public IEnumerable<(int From, int[] To)> Folds() =>
        _sections["fold"]
            .Select(line => line.Split(' '))
            .Select(fields => (Number(fields[0]), Array.ConvertAll(fields[1..], Number)));

    private static int Number(string field) =>
        int.Parse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
