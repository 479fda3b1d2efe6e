using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using SignalExchange.Grains.People;

namespace SignalExchange.Silo.Browsers;

/// <summary>The cookie of a session: HttpOnly, of this host and site only, and good for no longer than a session may last.</summary>
/// <remarks>What it holds is a session's id; whether the session is open is asked at each request.</remarks>
internal sealed class ConsoleCookie(IOptions<PersonOptions> people, ConsoleAddress address)
    : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public const string SchemeName = "console";

    /// <inheritdoc/>
    public void Configure(CookieAuthenticationOptions options) => Configure(SchemeName, options);

    /// <inheritdoc/>
    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != SchemeName)
        {
            return;
        }

        options.Cookie.Name = address.CookieName("session");
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = address.CookieSecurity;
        options.Cookie.Path = "/";
        options.ExpireTimeSpan = people.Value.LongestLife;
        options.SlidingExpiration = false; // how long a session may be idle, its grain says
        options.LoginPath = ConsolePaths.SignIn;
        options.AccessDeniedPath = ConsolePaths.Refused;
        options.ReturnUrlParameter = ConsolePaths.ReturnUrlParameter;
        options.EventsType = typeof(ConsoleCookieEvents);
    }
}
