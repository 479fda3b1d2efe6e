using SignalExchange.Tokens.Canonical.Unicode;

namespace SignalExchange.Tokens.Canonical.Domains;

/// <summary>Where a domain label may hold a zero-width joiner or non-joiner (RFC 5892, appendices A.1 and A.2).</summary>
internal static class JoinerRule
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    // The rank of class 9, taken from the virama of Devanagari.
    private static readonly int ViramaRank = UnicodeTables.CombiningRanks[0x094D];

    /// <summary>Returns whether every joiner of the label stands where a script needs it.</summary>
    public static bool Holds(IReadOnlyList<int> label)
    {
        for (var i = 0; i < label.Count; i++)
        {
            if (label[i] is NonJoiner or Joiner && !IsAfterVirama(label, i) && !StopsJoining(label, i))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAfterVirama(IReadOnlyList<int> label, int at) =>
        at > 0 && UnicodeTables.CombiningRanks.GetValueOrDefault(label[at - 1]) == ViramaRank;

    private static bool StopsJoining(IReadOnlyList<int> label, int at) =>
        label[at] == NonJoiner && Type(label, at, -1) is 'L' or 'D' && Type(label, at, +1) is 'R' or 'D';

    // The joining type of the nearest character that is not transparent.
    private static char Type(IReadOnlyList<int> label, int from, int step)
    {
        for (var i = from + step; i >= 0 && i < label.Count; i += step)
        {
            var type = UnicodeTables.JoiningTypes.GetValueOrDefault(label[i], 'U');
            if (type != 'T')
            {
                return type;
            }
        }

        return 'U';
    }
}
