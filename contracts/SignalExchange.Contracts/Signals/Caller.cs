using System.Collections.Frozen;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Signals;

/// <summary>Whose eyes look: a member, as the exchange knows it at the moment of the call.</summary>
/// <param name="Member">The member.</param>
/// <param name="Groups">The groups that it sees; a small set, compared by ordinal.</param>
public sealed record Caller(MemberId Member, IReadOnlySet<string> Groups)
{
    /// <summary>Gets the groups that it may share with; those that it sees unless stated otherwise.</summary>
    public IReadOnlySet<string> UsableGroups { get; init; } = Groups;

    /// <summary>Gets the countries under whose law it receives signals, ISO 3166-1 alpha-2.</summary>
    public IReadOnlySet<string> Jurisdictions { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Gets what the law of those countries asks of a signal, by country; nothing of a country that is not in it.</summary>
    public IReadOnlyDictionary<string, DeliveryRule> DeliveryRules { get; init; } =
        FrozenDictionary<string, DeliveryRule>.Empty;

    /// <summary>Gets whether it is in test mode: it sees its own signals only, and nobody else sees them.</summary>
    public bool IsTest { get; init; }
}
