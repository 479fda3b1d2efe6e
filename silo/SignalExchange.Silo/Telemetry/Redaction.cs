using System.Buffers;
using System.Text.RegularExpressions;

namespace SignalExchange.Silo.Telemetry;

/// <summary>Cuts whatever may be a token, a key or a credential out of a text before it leaves this process.</summary>
/// <remarks>
/// Our own messages and tags have no parameter that could hold one. The runtime's have: it names grains by their keys, and an indicator's key
/// is its token. So every text of a log, a span or an exception passes here, and what looks like 16 bytes or more of a secret is cut:
/// hexadecimal digits down to eight (as many as <c>Token.ToString</c> prints), base64 and base64url, JWTs among them, to nothing. The key by which
/// a log's notes are verified is public and stays.
/// </remarks>
internal static partial class Redaction
{
    private const int ShownDigits = 8;
    private const string PublicKey = "key";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Returns the text without secrets; the same instance when there are none.</summary>
    public static string Cut(string text) => Secret().Replace(text, Shown);

    /// <summary>Returns whether there is something to cut.</summary>
    public static bool IsNeeded(string text) => Cut(text) != text;

    /// <summary>Returns a grain's type; its key is left out, since a token's first digits are enough to follow an indicator.</summary>
    public static string CutKey(string grainId) => grainId.Split('/', 2)[0];

    private static string Shown(Match match) =>
        match.Groups[PublicKey].Success ? match.Value
        : match.ValueSpan.ContainsAnyExcept(Digits) ? "redacted"
        : $"token:{match.ValueSpan[..ShownDigits]}";

    // In turn: a verifier key of a note (C2SP signed-note: name, hash, key); 16 bytes in hexadecimal; 30 bytes in base64url, fewer would cut names of
    // types; 16 bytes in base64 with its padding; 48 bytes in base64 without, fewer would cut paths.
    [GeneratedRegex(
        "(?<key>[A-Za-z0-9./-]+[+][0-9a-f]{8}[+][A-Za-z0-9+/]{44})"
            + "|[0-9a-fA-F]{32,}|[A-Za-z0-9_-]{40,}|[A-Za-z0-9+/]{22,}={1,2}|[A-Za-z0-9+/]{64,}",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
    )]
    private static partial Regex Secret();
}
