using Microsoft.Extensions.Options;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Browsers;
using SignalExchange.Silo.Security;
using SignalExchange.WebConsole.SignIn;

namespace SignalExchange.Silo.SignIn;

/// <summary>Lets who has a one-time code in, by two pages: the code, then password and authenticator.</summary>
internal sealed class EnrolmentDesk(
    LocalEnrolment enrolment,
    AddressGate addresses,
    EnrolmentCookie cookie,
    SignInRecorder recorder,
    SessionDesk sessions,
    IOptions<SignInOptions> options
)
{
    /// <summary>The page that asks for the code.</summary>
    public static IResult ShowCode() => CodePage(ErrorReason.Unspecified);

    /// <summary>The form with the code.</summary>
    public async Task<IResult> UseCode(HttpContext http)
    {
        if (await PostedForm.Read(http) is not { } form)
        {
            return CodePage(ErrorReason.SessionEnded, StatusCodes.Status400BadRequest);
        }

        var outcome = await Attempts.Run(() => TryCode(http, form));
        return outcome.Refusal is { } refusal
            ? CodePage(refusal.Reason, Attempts.StatusOf(refusal), outcome.RetryAfter)
            : Results.LocalRedirect(ConsolePaths.NewCredentials);
    }

    /// <summary>The page that asks for a password and shows the authenticator's secret.</summary>
    public IResult ShowNew(HttpContext http) =>
        cookie.Read(http) is { } ticket
            ? NewPage(ticket, ErrorReason.Unspecified)
            : Results.LocalRedirect(ConsolePaths.Code);

    /// <summary>The form with the password.</summary>
    public async Task<IResult> SetNew(HttpContext http)
    {
        if (cookie.Read(http) is not { } ticket || await PostedForm.Read(http) is not { } form)
        {
            return CodePage(ErrorReason.SessionEnded, StatusCodes.Status400BadRequest);
        }

        var outcome = await Attempts.Run(() => TrySet(http, ticket, form));
        if (outcome is not { Refusal: null, Person: { } person })
        {
            var refusal = outcome.Refusal!.Value;
            return NewPage(ticket, refusal.Reason, Attempts.StatusOf(refusal), outcome.RetryAfter);
        }

        cookie.Forget(http);
        return await sessions.Open(http, person, ConsolePaths.Root);
    }

    private async Task<SignInOutcome> TryCode(HttpContext http, PostedForm form)
    {
        if (addresses.Enter(http.Connection.RemoteIpAddress) is var wait && wait > TimeSpan.Zero)
        {
            return await Refused(http, SignInOutcome.Locked(null, wait));
        }

        if (!options.Value.LocalAccounts)
        {
            return await Refused(http, SignInOutcome.Refused(null));
        }

        if (await enrolment.Begin(form["login"], form["code"], form["other"]) is not { } ticket)
        {
            return await Refused(http, SignInOutcome.Refused(null));
        }

        cookie.Write(http, ticket);
        return default;
    }

    private async Task<SignInOutcome> TrySet(HttpContext http, EnrolmentTicket ticket, PostedForm form)
    {
        var wait = addresses.Enter(http.Connection.RemoteIpAddress);
        var outcome =
            wait > TimeSpan.Zero ? SignInOutcome.Locked(null, wait)
            : !options.Value.LocalAccounts ? SignInOutcome.Refused(null)
            : form["password"] != form["again"] ? new(null, new(ErrorReason.PasswordWeak, "again"))
            : await enrolment.Finish(ticket, form["password"], form["code"], http.RequestAborted);
        await recorder.Record(http, SignInRecorder.FirstSignIn, outcome);
        return outcome;
    }

    private async Task<SignInOutcome> Refused(HttpContext http, SignInOutcome outcome)
    {
        await recorder.Record(http, SignInRecorder.FirstSignIn, outcome);
        return outcome;
    }

    private static IResult CodePage(
        ErrorReason reason,
        int status = StatusCodes.Status200OK,
        TimeSpan retryAfter = default
    ) => Views.Of<CodePage>(status, new CodeView(reason, retryAfter));

    private static IResult NewPage(
        EnrolmentTicket ticket,
        ErrorReason reason,
        int status = StatusCodes.Status200OK,
        TimeSpan retryAfter = default
    ) =>
        Views.Of<NewCredentialsPage>(
            status,
            new NewCredentialsView(
                ticket.Login,
                Authenticator.TextOf(ticket.Secret),
                Authenticator.AddressOf(ticket.Secret, ticket.Login),
                PasswordRules.MinLength,
                reason,
                retryAfter
            )
        );
}
