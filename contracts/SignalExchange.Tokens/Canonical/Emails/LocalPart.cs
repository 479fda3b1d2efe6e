using System.Buffers;
using System.Text;
using SignalExchange.Tokens.Canonical.Unicode;

namespace SignalExchange.Tokens.Canonical.Emails;

/// <summary>The part before the @: a dot-atom (RFC 5322 3.2.3, RFC 6531 3.3), case-folded.</summary>
internal static class LocalPart
{
    // RFC 5321 4.5.3.1.1.
    private const int MaxBytes = 64;

    private static readonly SearchValues<char> AtomText = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~."
    );

    /// <summary>Folds case, width and unseen characters.</summary>
    /// <returns>Whether it is a dot-atom of 1 to 64 bytes.</returns>
    public static bool TryFold(string local, out string folded)
    {
        folded = CaseFolding.NfkcCasefold(local);
        return folded.Length > 0
            && Encoding.UTF8.GetByteCount(folded) <= MaxBytes
            && folded.All(c => char.IsAscii(c) ? AtomText.Contains(c) : !char.IsWhiteSpace(c))
            && folded[0] != '.'
            && folded[^1] != '.'
            && !folded.Contains("..", StringComparison.Ordinal);
    }
}
