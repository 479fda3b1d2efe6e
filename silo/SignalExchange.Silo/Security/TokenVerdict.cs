using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security;

/// <summary>What the validation of a token comes to: an identity, or a reason why not.</summary>
internal readonly record struct TokenVerdict(CallerIdentity? Identity, ErrorReason Reason)
{
    public TokenVerdict(CallerIdentity identity)
        : this(identity, ErrorReason.Unspecified) { }

    public TokenVerdict(ErrorReason reason)
        : this(null, reason) { }
}
