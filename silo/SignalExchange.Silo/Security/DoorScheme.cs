using SignalExchange.Silo.Browsers;
using SignalExchange.Silo.InProcess;

namespace SignalExchange.Silo.Security;

/// <summary>Which way of saying who one is belongs to which connection: the door decides, never the caller.</summary>
internal static class DoorScheme
{
    /// <summary>The default scheme, which hands on to one of the others.</summary>
    public const string SchemeName = "door";

    /// <summary>Chooses the scheme of a request.</summary>
    public static string Choose(HttpContext http) =>
        http.Features.Get<InProcessConnection>() is not null ? PersonAuthenticationHandler.SchemeName
        : http.Features.Get<ConsoleConnection>() is not null ? ConsoleCookie.SchemeName
        : MemberAuthenticationHandler.SchemeName;
}
