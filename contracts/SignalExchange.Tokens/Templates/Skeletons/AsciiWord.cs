using SignalExchange.Tokens.Templates.Folding;

namespace SignalExchange.Tokens.Templates.Skeletons;

/// <summary>Makes text of characters, to be looked up among words of small letters from a to z.</summary>
internal static class AsciiWord
{
    /// <summary>Copies characters.</summary>
    /// <returns>Whether they fit and none is beyond z: cut to 16 bits, U+20073 would be an s.</returns>
    public static bool TryCopy(ReadOnlySpan<AdFolded> from, Span<char> to, out int length)
    {
        length = from.Length;
        if (from.Length > to.Length)
        {
            return false;
        }

        for (var i = 0; i < from.Length; i++)
        {
            if (from[i].Value > 'z')
            {
                return false;
            }

            to[i] = (char)from[i].Value;
        }

        return true;
    }
}
