using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;

namespace SignalExchange.Silo.Security;

/// <summary>ASP.NET Core's authentication by a member's bearer token.</summary>
internal sealed class MemberAuthenticationHandler(
    MemberTokenValidator validator,
    MemberCertificateValidator certificates,
    CallRecorder recorder,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder
) : CallAuthenticationHandler(recorder, options, loggers, encoder)
{
    public const string SchemeName = "member";

    private const string Prefix = "Bearer ";

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
            return Fail(verdict.Reason, verdict.Claimed);
        }

        var refused = certificates.Check(Context.Connection.ClientCertificate, identity.Caller.Member);
        return refused == ErrorReason.Unspecified
            ? Accept(identity)
            : Fail(refused, identity.ToClaimed(isSigned: true));
    }
}
