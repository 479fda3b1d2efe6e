using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Load;

/// <summary>Whose share of this silo something counts against: a member's, or an address's where nobody has said who they are.</summary>
/// <param name="Name">The member, or the address, which no member's name looks like.</param>
internal readonly record struct LoadParty(string Name)
{
    /// <summary>Returns whose call it is.</summary>
    public static LoadParty Of(HttpContext http) =>
        http.Features.Get<CallerIdentity>() is { } caller
            ? new(caller.Caller.Member.Value)
            : new($"address:{http.Connection.RemoteIpAddress}");
}
