using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security;

/// <summary>What the validation of a token comes to: an identity, or a reason why not.</summary>
/// <param name="Identity">Who signed it; null when it is refused.</param>
/// <param name="Reason">Why it is refused; unspecified when it is not.</param>
/// <param name="Claimed">Of a refused token who was claimed, as far as the registry knows it.</param>
internal readonly record struct TokenVerdict(CallerIdentity? Identity, ErrorReason Reason, ClaimedIdentity? Claimed)
{
    public TokenVerdict(CallerIdentity identity)
        : this(identity, ErrorReason.Unspecified, null) { }

    public TokenVerdict(ErrorReason reason, ClaimedIdentity? claimed = null)
        : this(null, reason, claimed) { }
}
