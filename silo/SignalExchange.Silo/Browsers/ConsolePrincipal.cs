using System.Security.Claims;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.Browsers;

/// <summary>A person who is signed in, as ASP.NET Core carries one.</summary>
internal static class ConsolePrincipal
{
    private const string Session = "session";
    private const string Address = "address";
    private const string Member = "member";

    /// <summary>Makes one.</summary>
    /// <param name="person">The person.</param>
    /// <param name="sessionId">The session's id.</param>
    /// <param name="address">The address of the person's browser; empty if it is not known.</param>
    public static ClaimsPrincipal Of(KnownPerson person, string sessionId, string address) =>
        new(
            new ClaimsIdentity(
                [
                    new(ClaimTypes.NameIdentifier, person.Person.AccountId),
                    new(ClaimTypes.Name, person.Person.Login),
                    new(ClaimTypes.Role, person.Person.Role.ToString()),
                    new(Member, person.Person.MemberId),
                    new(Session, sessionId),
                    new(Address, address),
                ],
                ConsoleCookie.SchemeName
            )
        );

    /// <summary>Returns the account; empty for nobody.</summary>
    public static string AccountOf(ClaimsPrincipal? principal) => Read(principal, ClaimTypes.NameIdentifier);

    /// <summary>Returns the session's id; empty for nobody.</summary>
    public static string SessionOf(ClaimsPrincipal? principal) => Read(principal, Session);

    /// <summary>Returns the address of the browser; empty if it is not known.</summary>
    public static string AddressOf(ClaimsPrincipal? principal) => Read(principal, Address);

    private static string Read(ClaimsPrincipal? principal, string claim) => principal?.FindFirst(claim)?.Value ?? "";
}
