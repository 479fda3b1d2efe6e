using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.SignIn;

namespace SignalExchange.Silo.InProcess;

/// <summary>Authentication of calls that this process makes for a person who is signed in; each call looks whether the session is still open.</summary>
/// <remarks>Chosen for connections with the mark <see cref="InProcessConnection"/> only: from outside nobody reaches it.</remarks>
internal sealed class PersonAuthenticationHandler(
    Sessions sessions,
    CallRecorder recorder,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder
) : CallAuthenticationHandler(recorder, options, loggers, encoder)
{
    public const string SchemeName = "person";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // The access log tells places apart: this call's is the browser's.
        Context.Connection.RemoteIpAddress = IPAddress.TryParse(Request.Headers[PersonHeaders.Address], out var address)
            ? address
            : null;
        var (account, session) = (Request.Headers[PersonHeaders.Account], Request.Headers[PersonHeaders.Session]);
        return await sessions.Find($"{account}", $"{session}", isActive: false) is { } person
            ? Accept(person.Identity)
            : Fail(sessions.WhyNot);
    }
}
