using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security;

/// <summary>Who makes a call, established from its credentials.</summary>
/// <param name="Caller">The member and its groups.</param>
/// <param name="Role">What the key or the person may do.</param>
/// <param name="Thumbprint">The key, or the account of a person: 43 characters of base64url either way.</param>
/// <param name="Kind">A program, or a person who signed in.</param>
internal sealed record CallerIdentity(
    Caller Caller,
    KeyRole Role,
    string Thumbprint,
    ActorKind Kind = ActorKind.Backend
)
{
    /// <summary>Returns it as what was claimed, for credentials that are refused all the same.</summary>
    /// <param name="isSigned">Whether the key's signature was good.</param>
    public ClaimedIdentity ToClaimed(bool isSigned) =>
        new(Caller.Member.Value, Thumbprint, isSigned ? Role : KeyRole.Unspecified);
}
