using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.SignIn;

namespace SignalExchange.Silo.Browsers;

/// <summary>Looks at every request whether its session is open, and sends whoever has none to sign in.</summary>
internal sealed class ConsoleCookieEvents(Sessions sessions, SignInRecorder recorder) : CookieAuthenticationEvents
{
    /// <inheritdoc/>
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var (account, session) = (
            ConsolePrincipal.AccountOf(context.Principal),
            ConsolePrincipal.SessionOf(context.Principal)
        );
        await sessions.UntilSure(context.HttpContext.RequestAborted);
        if (await sessions.Find(account, session, isActive: true) is not { } person)
        {
            context.RejectPrincipal();
            if (sessions.IsSure)
            {
                await context.HttpContext.SignOutAsync(ConsoleCookie.SchemeName); // else it may be good, and is asked about again
            }

            return;
        }

        var address = $"{context.HttpContext.Connection.RemoteIpAddress}";
        context.ReplacePrincipal(ConsolePrincipal.Of(person, session, address));
    }

    /// <inheritdoc/>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!IsPage(context.HttpContext))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        if (CameFromElsewhere(context.HttpContext))
        {
            return Bounce.Write(context.HttpContext, $"{context.Request.Path}{context.Request.QueryString}");
        }

        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    /// <summary>A page that is not for the reader's role: refused, and recorded as every refusal.</summary>
    public override async Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (IsPage(http))
        {
            var account = ConsolePrincipal.AccountOf(http.User);
            var person = await sessions.Find(account, ConsolePrincipal.SessionOf(http.User), isActive: false);
            await recorder.Record(
                http,
                PageNames.Of(http),
                new SignInOutcome(person, new Refusal(ErrorReason.RoleNotAllowed))
            );
        }

        await StatusPages.Write(http, StatusCodes.Status403Forbidden);
    }

    private static bool IsPage(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && !http.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal);

    // The session's cookie does not come along when another site's link was followed. The same address asked for by our own page gets it.
    private static bool CameFromElsewhere(HttpContext http) =>
        http.Request.Headers["Sec-Fetch-Site"] == "cross-site" && http.Request.Headers["Sec-Fetch-Mode"] == "navigate";
}
