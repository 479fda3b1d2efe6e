using System.Buffers.Binary;
using System.Text;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Fingerprints of devices or accounts: named parts in the order of their names, each behind its length.</summary>
/// <remarks>
/// Refused unless one part alone has 64 bits of entropy, as far as its length and its mix of characters can tell: a model, an operating
/// system and a screen size are shared by thousands, and joined they still are.
/// </remarks>
internal static class FingerprintForm
{
    private const int MaxParts = 32;
    private const int MaxValueLength = 256;
    private const double MinBits = 64;

    public static CanonicalForm Make(IReadOnlyDictionary<string, string> parts)
    {
        if (parts.Count is 0 or > MaxParts)
        {
            return parts.Count == 0 ? CanonicalProblem.Empty : CanonicalProblem.TooLong;
        }

        var clean = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, raw) in parts)
        {
            var problem = CanonicalText.Clean(raw, MaxValueLength, out var value);
            if (problem != CanonicalProblem.None)
            {
                return problem;
            }

            if (!CanonicalText.IsNamespace(name) || !clean.TryAdd(name, value))
            {
                return CanonicalProblem.NamespaceInvalid;
            }
        }

        return clean.Values.Max(BitsOf) < MinBits ? CanonicalProblem.TooWeak : Encode(clean);
    }

    /// <summary>Reads <c>name=value;name=value</c>; a backslash takes the next character as it is.</summary>
    public static bool TryReadParts(string raw, out IReadOnlyDictionary<string, string> parts)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        parts = read;
        var text = new StringBuilder();
        for (var place = 0; place <= raw.Length; place++)
        {
            if (place == raw.Length || raw[place] == ';')
            {
                if (!TryAdd(read, text.ToString()))
                {
                    return false;
                }

                text.Clear();
            }
            else if (raw[place] == '\\' && place + 1 < raw.Length)
            {
                text.Append(raw[++place]);
            }
            else
            {
                text.Append(raw[place]);
            }
        }

        return true;
    }

    private static bool TryAdd(Dictionary<string, string> parts, string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && parts.Count < MaxParts && parts.TryAdd(part[..equals].Trim(), part[(equals + 1)..]);
    }

    /// <summary>Length times the entropy of the value's own mix of characters: an upper bound that words and repeats do not reach.</summary>
    private static double BitsOf(string value) =>
        value
            .GroupBy(letter => letter)
            .Select(group => (double)group.Count() / value.Length)
            .Sum(share => -share * Math.Log2(share) * value.Length);

    private static CanonicalForm Encode(SortedDictionary<string, string> parts)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        foreach (var text in parts.SelectMany(part => new[] { part.Key, part.Value }))
        {
            var encoded = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)encoded.Length);
            bytes.Write(length);
            bytes.Write(encoded);
        }

        return CanonicalForm.Of(bytes.ToArray());
    }
}
