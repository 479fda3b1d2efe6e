using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security;

/// <summary>Who makes a call, established from its credentials.</summary>
/// <param name="Caller">The member and its groups.</param>
/// <param name="Role">What the key may do.</param>
/// <param name="Thumbprint">The key.</param>
internal sealed record CallerIdentity(Caller Caller, KeyRole Role, string Thumbprint);
