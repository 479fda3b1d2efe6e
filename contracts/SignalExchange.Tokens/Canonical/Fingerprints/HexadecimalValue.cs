using System.Buffers;

namespace SignalExchange.Tokens.Canonical.Fingerprints;

/// <summary>Values in hexadecimal: UUIDs, hashes, hardware addresses.</summary>
internal static class HexadecimalValue
{
    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789abcdefABCDEF-:{}");

    /// <summary>Returns whether the value has hexadecimal digits and their usual separators only, a letter among them.</summary>
    public static bool Is(string value) =>
        !value.AsSpan().ContainsAnyExcept(Characters) && value.Any(char.IsAsciiLetter);
}
