using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.SignIn;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.Tests.SignIn;

/// <summary>A site that leaves its local accounts leaves every way in by them.</summary>
public sealed class NoLocalAccountsTests : IAsyncLifetime
{
    private readonly ConsoleFixture _console = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task No_session_password_or_one_time_code_of_a_local_account_is_good_any_more()
    {
        var anna = await _console.Enrol("anna-leaves-local", KeyRole.Auditor);
        var code = await _console.CodeByServer("anna-leaves-local");
        var bea = _console.NewPerson("bea-is-half-way");
        var beasCode = await _console.Invite("bea-is-half-way", KeyRole.Auditor);
        await bea.Post("/console/sign-in/code", ("login", bea.Login), ("code", beasCode.Code));
        var token = await bea.FormToken("/console/sign-in/new");
        Assert.Equal(HttpStatusCode.OK, (await anna.Http.GetAsync("/console/log", Ct)).StatusCode);
        using var again = new ConsolePerson(_console.Address, anna.Login) { Secret = anna.Secret };
        var signIn = await again.FormToken("/console/sign-in"); // There is no form afterwards.

        _console.Exchange.Services.GetRequiredService<IOptions<SignInOptions>>().Value.LocalAccounts = false;

        // The session that is open.
        Assert.Equal(HttpStatusCode.Redirect, (await anna.Http.GetAsync("/console/log", Ct)).StatusCode);

        // The password, and a one-time code.
        var byPassword = await again.Send(
            "/console/sign-in",
            ("login", anna.Login),
            ("password", ConsolePerson.Password),
            ("code", anna.NextCode()),
            ("__RequestVerificationToken", signIn)
        );
        Assert.Equal(HttpStatusCode.Unauthorized, byPassword.StatusCode);
        var byCode = await again.Post("/console/sign-in/code", ("login", anna.Login), ("code", code));
        Assert.Equal(HttpStatusCode.Unauthorized, byCode.StatusCode);
        Assert.Equal(ErrorReason.SignInRefused, (await _console.LastEntry("/console/sign-in/code")).Reason);

        // Whoever was half way in.
        var finished = await bea.Send(
            "/console/sign-in/new",
            ("password", ConsolePerson.Password),
            ("again", ConsolePerson.Password),
            ("code", "000000"),
            ("__RequestVerificationToken", token)
        );
        Assert.Equal(HttpStatusCode.Unauthorized, finished.StatusCode);
        Assert.Empty(bea.SessionCookie);
    }
}
