using Microsoft.Extensions.Options;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.SignIn;
using SignalExchange.WebConsole;

namespace SignalExchange.Silo.Browsers;

/// <summary>Everything that the console's address answers.</summary>
internal static class ConsoleMap
{
    /// <summary>Maps it: files and signing in for everybody, pages for who is signed in and has the role that the page names.</summary>
    public static void MapConsole(this WebApplication app)
    {
        var door = app.MapGroup("").WithMetadata(ConsoleConnection.Instance);
        door.MapGet("/", static () => Results.LocalRedirect(ConsolePaths.Root)).AllowAnonymous();
        door.MapSignIn();
        door.MapStaticAssets().AllowAnonymous();
        door.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(static options =>
            {
                options.ContentSecurityFrameAncestorsPolicy = null; // ours says 'none' on every answer
                options.DisableWebSocketCompression = true; // secrets and what others chose in one stream (BREACH)
            })
            .RequireAuthorization();
        if (app.Services.GetRequiredService<IOptions<ExchangeOptions>>().Value.OrleansDashboard)
        {
            door.MapRuntimeDashboard();
        }
    }

    private static void MapSignIn(this IEndpointRouteBuilder door)
    {
        var signIn = door.MapGroup("").AllowAnonymous();
        signIn.MapGet(ConsolePaths.SignIn, static (HttpContext http, SignInDesk desk) => desk.Show(http));
        signIn.MapPost(ConsolePaths.SignIn, static (HttpContext http, SignInDesk desk) => desk.Enter(http));
        signIn.MapGet(ConsolePaths.Provider, static (HttpContext http, SignInDesk desk) => desk.ToProvider(http));
        signIn.MapGet(ConsolePaths.Done, SignInDesk.Done);
        signIn.MapGet(ConsolePaths.Code, EnrolmentDesk.ShowCode);
        signIn.MapPost(ConsolePaths.Code, static (HttpContext http, EnrolmentDesk desk) => desk.UseCode(http));
        signIn.MapGet(ConsolePaths.NewCredentials, static (HttpContext http, EnrolmentDesk desk) => desk.ShowNew(http));
        signIn.MapPost(ConsolePaths.NewCredentials, static (HttpContext http, EnrolmentDesk desk) => desk.SetNew(http));
        var signedIn = door.MapGroup("").RequireAuthorization();
        signedIn.MapPost(ConsolePaths.SignOut, static (HttpContext http, SessionDesk desk) => desk.SignOut(http));
        signedIn.MapPost(
            ConsolePaths.SignOutEverywhere,
            static (HttpContext http, SessionDesk desk) => desk.SignOutEverywhere(http)
        );
    }
}
