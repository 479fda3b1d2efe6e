using Microsoft.Extensions.Options;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Browsers;
using SignalExchange.Silo.Security;
using SignalExchange.WebConsole.SignIn;

namespace SignalExchange.Silo.SignIn;

/// <summary>Signs people in by the page's form, and by the provider.</summary>
internal sealed class SignInDesk(
    LocalSignIn local,
    AddressGate addresses,
    SignInRecorder recorder,
    SessionDesk sessions,
    IOptions<SignInOptions> options
)
{
    /// <summary>The page.</summary>
    public IResult Show(HttpContext http) =>
        Page(http.Request.Query[ConsolePaths.ReturnUrlParameter], ReasonOf(http.Request.Query["refused"]));

    /// <summary>The form.</summary>
    public async Task<IResult> Enter(HttpContext http)
    {
        if (await PostedForm.Read(http) is not { } form)
        {
            return Page(null, ErrorReason.SessionEnded, StatusCodes.Status400BadRequest);
        }

        var returnUrl = form[ConsolePaths.ReturnUrlParameter];
        var outcome = await Attempts.Run(() => TryEnter(http, form));
        return outcome.Refusal is { } refusal
            ? Page(returnUrl, refusal.Reason, Attempts.StatusOf(refusal), outcome.RetryAfter)
            : await sessions.Open(http, outcome.Person!, returnUrl);
    }

    /// <summary>To the provider.</summary>
    public IResult ToProvider(HttpContext http)
    {
        var then = ConsolePaths.Local(http.Request.Query[ConsolePaths.ReturnUrlParameter]);
        return options.Value.Provider.Authority is null
            ? Results.NotFound()
            : Results.Challenge(new() { RedirectUri = then }, [ProviderConfiguration.SchemeName]);
    }

    /// <summary>The last step of coming from the provider: from here on requests come from this site, and the cookie with them.</summary>
    public static Task Done(HttpContext http) =>
        Bounce.Write(http, ConsolePaths.Local(http.Request.Query[ConsolePaths.ReturnUrlParameter]));

    private async Task<SignInOutcome> TryEnter(HttpContext http, PostedForm form)
    {
        var wait = addresses.Enter(http.Connection.RemoteIpAddress);
        var outcome =
            !options.Value.LocalAccounts ? SignInOutcome.Refused(null)
            : wait > TimeSpan.Zero ? SignInOutcome.Locked(null, wait)
            : await local.SignIn(form["login"], form["password"], form["code"], http.RequestAborted);
        await recorder.Record(http, SignInRecorder.SignIn, outcome);
        return outcome;
    }

    private IResult Page(
        string? returnUrl,
        ErrorReason reason,
        int status = StatusCodes.Status200OK,
        TimeSpan retryAfter = default
    ) =>
        Views.Of<SignInPage>(
            status,
            new SignInView(
                ConsolePaths.Local(returnUrl),
                reason,
                retryAfter,
                options.Value.LocalAccounts,
                options.Value.Provider.Authority is null ? null : options.Value.Provider.DisplayName
            )
        );

    private static ErrorReason ReasonOf(string? name) =>
        Enum.TryParse<ErrorReason>(name, out var reason) && Enum.IsDefined(reason) ? reason : ErrorReason.Unspecified;
}
