using System.Text;
using SignalExchange.Tokens.Canonical.Unicode;

namespace SignalExchange.Tokens.Canonical.Domains;

/// <summary>The mapping step of UTS #46, non-transitional: case, width, ideographic full stops, unseen characters.</summary>
internal static class DomainMapping
{
    /// <summary>Maps a whole name or one label.</summary>
    /// <param name="name">Text of known characters.</param>
    /// <param name="mapped">The mapped text in form C.</param>
    /// <returns>Whether every character may stand in a domain name or maps to such.</returns>
    public static bool TryMap(string name, out string mapped)
    {
        mapped = name.ToLowerInvariant();
        if (Ascii.IsValid(name))
        {
            return true;
        }

        var result = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (!UnicodeTables.Known.Contains(rune.Value) || UnicodeTables.IdnaDisallowed.Contains(rune.Value))
            {
                return false;
            }

            result.Append(
                UnicodeTables.IdnaMappings.GetValueOrDefault(rune.Value) ?? CaseFolding.NfkcCasefold(rune.ToString())
            );
        }

        // No valid character has a compatibility decomposition (the generator checks), so form KC is form C here.
        mapped = Normalization.Nfkc(result.ToString());
        return true;
    }
}
