using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security;

/// <summary>Who somebody claimed to be whose credentials were refused. Only what the registry knows: anything else may hold anything.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Thumbprint">The member's key.</param>
/// <param name="Role">The key's role where its signature was good; unspecified where anybody may have claimed it.</param>
internal sealed record ClaimedIdentity(string MemberId, string Thumbprint, KeyRole Role);
