using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Security;

/// <summary>ASP.NET Core's authentication by a member's bearer token; answers refusals in gRPC's own form.</summary>
internal sealed class MemberAuthenticationHandler(
    MemberTokenValidator validator,
    MemberCertificateValidator certificates,
    CallRecorder recorder,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "member";

    private const string Prefix = "Bearer ";

    private ErrorReason _reason = ErrorReason.CredentialsMissing;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var verdict = await validator.Validate(header[Prefix.Length..].Trim());
        if (verdict.Identity is not { } identity)
        {
            _reason = verdict.Reason;
            return AuthenticateResult.Fail(ErrorCatalog.NameOf(verdict.Reason));
        }

        var refused = certificates.Check(Context.Connection.ClientCertificate, identity.Caller.Member);
        if (refused != ErrorReason.Unspecified)
        {
            _reason = refused;
            return AuthenticateResult.Fail(ErrorCatalog.NameOf(refused));
        }

        Context.Features.Set(identity);
        var claims = new ClaimsIdentity([new Claim(ClaimTypes.Name, identity.Caller.Member.Value)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(claims), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refuse(_reason);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Refuse(
            RecordedMethods.IsKnown(Request.Path.Value ?? "/") ? ErrorReason.RoleNotAllowed : ErrorReason.MethodUnknown
        );

    private async Task Refuse(ErrorReason reason) =>
        await GrpcRefusalWriter.Write(Context, await recorder.WriteRefusal(Context, new Refusal(reason)));
}
