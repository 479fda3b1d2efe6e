using System.Text;

namespace SignalExchange.Tokens.Canonical.Fingerprints;

/// <summary>A fingerprint's parts in one text: <c>name=value;name=value</c>.</summary>
/// <remarks>
/// A backslash makes the next character plain: <c>\;</c>, <c>\=</c>, <c>\\</c>. Only the first equals sign of a part needs
/// to stand alone, so values in base64 need no backslash. A semicolon at the end is allowed.
/// </remarks>
internal static class FingerprintText
{
    /// <summary>The longest text that is looked at.</summary>
    public const int MaxLength = 8192;

    /// <summary>Reads the parts.</summary>
    /// <returns>What is wrong with the text.</returns>
    public static CanonicalProblem Read(string text, FingerprintParts parts)
    {
        var count = 0;
        foreach (var (name, value) in Split(text))
        {
            var problem =
                value is null ? CanonicalProblem.FingerprintPartMalformed
                : ++count > FingerprintParts.MaxParts ? CanonicalProblem.FingerprintTooManyParts
                : parts.Add(name, value);
            if (problem is not CanonicalProblem.None)
            {
                return problem;
            }
        }

        return CanonicalProblem.None;
    }

    // A part without an equals sign has a null value.
    private static IEnumerable<(string Name, string? Value)> Split(string text)
    {
        var current = new StringBuilder();
        string? name = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                current.Append(text[++i]);
            }
            else if (text[i] == '=' && name is null)
            {
                name = Take();
            }
            else if (text[i] == ';')
            {
                yield return End();
            }
            else
            {
                current.Append(text[i]);
            }
        }

        if (name is not null || !string.IsNullOrWhiteSpace(current.ToString()))
        {
            yield return End();
        }

        string Take()
        {
            var taken = current.ToString();
            current.Clear();
            return taken;
        }

        (string, string?) End()
        {
            var last = Take();
            var part = name is null ? (last, (string?)null) : (name, last);
            name = null;
            return part;
        }
    }
}
