using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Security;

/// <summary>What every way of saying who calls has in common: refusals in gRPC's own form, and recorded.</summary>
internal abstract class CallAuthenticationHandler(
    CallRecorder recorder,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private ErrorReason _reason = ErrorReason.CredentialsMissing;

    /// <summary>The call is made by this caller.</summary>
    protected AuthenticateResult Accept(CallerIdentity identity)
    {
        Context.Features.Set(identity);
        var claims = new ClaimsIdentity([new Claim(ClaimTypes.Name, identity.Caller.Member.Value)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(claims), Scheme.Name));
    }

    /// <summary>The credentials are no good.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="claimed">Who was claimed, as far as the registry knows it.</param>
    protected AuthenticateResult Fail(ErrorReason reason, ClaimedIdentity? claimed = null)
    {
        Context.Features.Set(claimed);
        _reason = reason;
        return AuthenticateResult.Fail(ErrorCatalog.NameOf(reason));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refuse(_reason);

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Refuse(
            RecordedMethods.IsKnown(Request.Path.Value ?? "/") ? ErrorReason.RoleNotAllowed : ErrorReason.MethodUnknown
        );

    private async Task Refuse(ErrorReason reason) =>
        await GrpcRefusalWriter.Write(Context, await recorder.WriteRefusal(Context, new Refusal(reason)));
}
