using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

namespace SignalExchange.TestKit.Audiences;

/// <summary>What a reader is shown of a statement, of what could tell more than the statement itself.</summary>
/// <param name="Owner">Who says it; a pseudonym is its prefix only.</param>
/// <param name="Groups">Which groups it is for.</param>
/// <param name="IsDerived">Whether it says that it was learned from others.</param>
/// <param name="Sources">From how many signals that are named.</param>
/// <param name="HasPermit">Whether there is a permit.</param>
/// <param name="HasCaseReference">Whether there is the owner's own reference.</param>
/// <param name="IsDisputed">Whether somebody disputes it.</param>
public sealed record Shown(
    string Owner,
    string Groups,
    bool IsDerived,
    int Sources,
    bool HasPermit,
    bool HasCaseReference,
    bool IsDisputed
)
{
    /// <summary>Reads it from what was answered.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="plain">What the world calls a member or group that the exchange knows by this name.</param>
    public static Shown Of(Signal signal, Func<string, string> plain) =>
        new(
            signal.Owner.StartsWith(Attributions.Prefix, StringComparison.Ordinal)
                ? Attributions.Prefix
                : plain(signal.Owner),
            PlainModel.Listed(signal.Statement.Audience.GroupIds.Select(plain)),
            signal.Derived,
            signal.Statement.DerivedFrom.Count,
            !signal.Statement.Legal.Permit.IsEmpty,
            !signal.Statement.CaseReference.IsEmpty,
            signal.Disputed
        );
}
