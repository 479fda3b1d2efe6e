using Microsoft.AspNetCore.Authorization;
using Orleans.Dashboard;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.SignIn;

namespace SignalExchange.Silo.Browsers;

/// <summary>The runtime's own dashboard, for operators, behind the console's sign-in.</summary>
/// <remarks>
/// It could show any grain's state, and stream the log: what signals say, and what is not yet redacted. So only what is named here is let through; a
/// route that a later version adds is not there until somebody has looked at it.
/// </remarks>
internal static class RuntimeDashboard
{
    private static readonly HashSet<string> Assets = new(StringComparer.OrdinalIgnoreCase)
    {
        "favicon.ico",
        "index.min.js",
        "index.css",
        "fonts/{**path}",
        "img/{**path}",
        "version",
    };

    private static readonly HashSet<string> Pages = new(StringComparer.OrdinalIgnoreCase) { "", "index.html" };

    private static readonly HashSet<string> Figures = new(StringComparer.OrdinalIgnoreCase)
    {
        "DashboardCounters",
        "ClusterStats",
        "HistoricalStats/{*path}",
        "SiloProperties/{*address}",
        "SiloStats/{*address}",
        "SiloCounters/{*address}",
        "GrainStats/{*grainName}",
        "TopGrainMethods",
        "GrainTypes",
    };

    /// <summary>Adds what it shows.</summary>
    public static void AddOrleansDashboard(this ISiloBuilder silo) =>
        silo.AddDashboard(static options => options.HideTrace = true);

    /// <summary>Maps it.</summary>
    public static void MapRuntimeDashboard(this IEndpointRouteBuilder door) =>
        door.MapOrleansDashboard(ConsolePaths.Dashboard)
            .AddEndpointFilter(Guard)
            .RequireAuthorization(new AuthorizeAttribute { Roles = nameof(KeyRole.Operator) });

    private static async ValueTask<object?> Guard(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var name = route.StartsWith(ConsolePaths.Dashboard, StringComparison.Ordinal)
            ? route[ConsolePaths.Dashboard.Length..].Trim('/')
            : route;
        var isPage = Pages.Contains(name);
        if (!isPage && !Figures.Contains(name) && !Assets.Contains(name))
        {
            return Results.NotFound();
        }

        if (!Assets.Contains(name))
        {
            await Record(http, isPage);
        }

        // Its icons are letters of a font that stands in its style sheet.
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"{headers.ContentSecurityPolicy}".Replace(
            "font-src 'self'",
            "font-src 'self' data:",
            StringComparison.Ordinal
        );

        return await next(context);
    }

    // Its figures come by no service, so that they were looked at is recorded here: each time the page is opened, and once for figures without it.
    private static async Task Record(HttpContext http, bool isPage)
    {
        var begins = http
            .RequestServices.GetRequiredService<DashboardViews>()
            .Begins(ConsolePrincipal.SessionOf(http.User));
        if (!begins && !isPage)
        {
            return;
        }

        var sessions = http.RequestServices.GetRequiredService<Sessions>();
        var account = ConsolePrincipal.AccountOf(http.User);
        var person = await sessions.Find(account, ConsolePrincipal.SessionOf(http.User), isActive: false);
        await http
            .RequestServices.GetRequiredService<SignInRecorder>()
            .Record(http, ConsolePaths.Dashboard, new SignInOutcome(person, null));
    }
}
