using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Verification;

/// <summary>How the entries of a bundle differ from those that were logged.</summary>
/// <param name="Kind">What happened to the first that differs.</param>
/// <param name="Place">Its place in the bundle.</param>
/// <param name="Other">The place of the entry it changed places with, if it did.</param>
internal readonly record struct EntryDifference(LogFindingKind Kind, int Place, int Other)
{
    /// <summary>Finds the first difference.</summary>
    /// <param name="actual">What the entries hash to.</param>
    /// <param name="logged">What was logged; different.</param>
    // An entry that is gone shows by those behind it: each stands one place before its own.
    public static EntryDifference Find(ReadOnlySpan<MerkleHash> actual, ReadOnlySpan<MerkleHash> logged)
    {
        var place = actual.CommonPrefixLength(logged);
        var rest = actual[place..];
        var loggedRest = logged[place..];
        if (rest.IsEmpty)
        {
            return new(LogFindingKind.EntryRemoved, place, -1);
        }

        if (loggedRest.IsEmpty)
        {
            return new(LogFindingKind.EntryInserted, place, -1);
        }

        var other = loggedRest.IndexOf(rest[0]);
        if (IsSwap(rest, loggedRest, other))
        {
            return new(LogFindingKind.EntriesSwapped, place, place + other);
        }

        return IsShifted(rest, loggedRest[1..]) ? new(LogFindingKind.EntryRemoved, place, -1)
            : IsShifted(loggedRest, rest[1..]) ? new(LogFindingKind.EntryInserted, place, -1)
            : new(LogFindingKind.EntryAltered, place, -1);
    }

    private static bool IsSwap(ReadOnlySpan<MerkleHash> rest, ReadOnlySpan<MerkleHash> loggedRest, int other) =>
        other > 0
        && other < rest.Length
        && rest[other] == loggedRest[0]
        && rest[1..other].SequenceEqual(loggedRest[1..other]);

    private static bool IsShifted(ReadOnlySpan<MerkleHash> left, ReadOnlySpan<MerkleHash> right)
    {
        var count = Math.Min(left.Length, right.Length);
        return count > 0 && left[..count].SequenceEqual(right[..count]);
    }
}
