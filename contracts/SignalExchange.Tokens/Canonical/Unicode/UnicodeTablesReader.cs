using System.Globalization;
using System.Text;

namespace SignalExchange.Tokens.Canonical.Unicode;

/// <summary>Reads <c>unicode-tables.txt</c>: sections in brackets, hexadecimal code points, one fact a line.</summary>
internal sealed class UnicodeTablesReader
{
    private const string Resource = "SignalExchange.Tokens.Canonical.Unicode.unicode-tables.txt";

    private readonly Dictionary<string, List<string[]>> _sections = new(StringComparer.Ordinal);

    /// <summary>Reads the tables out of this assembly.</summary>
    /// <exception cref="InvalidOperationException">The assembly was built without them.</exception>
    public UnicodeTablesReader()
    {
        using var stream =
            typeof(UnicodeTablesReader).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("SignalExchange.Tokens was built without its Unicode tables.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        List<string[]> section = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
            {
                _sections.Add(line[1..^1], section = []);
            }
            else if (!line.StartsWith('#'))
            {
                section.Add(line.Split(' '));
            }
        }
    }

    /// <summary>Reads lines of <c>first[-last]</c>.</summary>
    public CodePointSet Set(string section) => new(_sections[section].Select(fields => Range(fields[0])));

    /// <summary>Reads lines of <c>from to to ...</c>: a code point and the text that it becomes.</summary>
    public IEnumerable<KeyValuePair<int, string>> Texts(string section) =>
        _sections[section]
            .Select(fields =>
                KeyValuePair.Create(
                    Number(fields[0]),
                    string.Concat(fields.Skip(1).Select(field => char.ConvertFromUtf32(Number(field))))
                )
            );

    /// <summary>Reads lines of <c>first[-last] value</c>.</summary>
    public IEnumerable<KeyValuePair<int, string>> Values(string section) =>
        from fields in _sections[section]
        let range = Range(fields[0])
        from codePoint in Enumerable.Range(range.First, range.Last - range.First + 1)
        select KeyValuePair.Create(codePoint, fields[1]);

    /// <summary>Reads lines of <c>first second both</c>.</summary>
    public IEnumerable<KeyValuePair<(int First, int Second), int>> Pairs(string section) =>
        _sections[section]
            .Select(fields => KeyValuePair.Create((Number(fields[0]), Number(fields[1])), Number(fields[2])));

    private static (int First, int Last) Range(string field)
    {
        var dash = field.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (Number(field), Number(field)) : (Number(field[..dash]), Number(field[(dash + 1)..]));
    }

    private static int Number(string field) =>
        int.Parse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
