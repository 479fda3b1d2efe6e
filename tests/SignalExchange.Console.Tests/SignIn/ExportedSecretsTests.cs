using System.Net;
using OtpNet;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Telemetry;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.Tests.SignIn;

/// <summary>Somebody is invited, comes in, mistypes, comes in again and leaves; then all that was exported is searched for what only they may know.</summary>
public sealed class ExportedSecretsTests : IAsyncLifetime
{
    private const string WrongPassword = "a password that is not the right one";

    private readonly Canary _canary = new();
    private Collector? _collector;
    private CollectedConsole? _console;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private CollectedConsole Console => _console!;

    public async ValueTask InitializeAsync()
    {
        _collector = await Collector.Start();
        _console = new(_collector);
        await _console.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        await _collector!.DisposeAsync();
    }

    [Fact]
    public async Task No_password_invitation_authenticator_or_session_is_in_what_is_exported()
    {
        var sought = await ComeAndGo();
        _canary.Plant(Console.Exchange.Services);
        await Console.Exchange.Stop(); // Exports what is left.

        Assert.All(
            Collector.Signals.Select(_collector!.Received),
            exported =>
            {
                Assert.All(sought, it => Assert.Empty(it.Value.FoundIn(exported)));
                Assert.NotEmpty(_canary.Forms.FoundIn(exported));
            }
        );
    }

    private async Task<Dictionary<string, SecretForms>> ComeAndGo()
    {
        var invitation = await Console.Invite("anna", KeyRole.Auditor);
        var anna = Console.NewPerson("anna");
        Assert.Equal("/console", (await anna.Enrol(invitation.Code)).Headers.Location?.ToString());
        var first = anna.SessionCookie;
        await anna.SignOut();
        Assert.Equal(HttpStatusCode.Unauthorized, (await anna.SignIn(WrongPassword)).StatusCode);
        Assert.Equal("/console", (await anna.SignIn()).Headers.Location?.ToString());
        var second = anna.SessionCookie;
        using var page = await anna.Http.GetAsync(
            $"/console/log?member={Uri.EscapeDataString(ConsolePerson.Password)}",
            Ct
        );
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await anna.SignOut();
        return new()
        {
            ["password"] = SecretForms.Of(ConsolePerson.Password),
            ["password in a form"] = SecretForms.Of(WebUtility.UrlEncode(ConsolePerson.Password)),
            ["password in an address"] = SecretForms.Of(Uri.EscapeDataString(ConsolePerson.Password)),
            ["wrong password"] = SecretForms.Of(WrongPassword),
            ["invitation"] = SecretForms.Of(invitation.Code),
            ["authenticator"] = SecretForms.Of(anna.Secret),
            ["authenticator as it is shown"] = SecretForms.Of(Base32Encoding.ToString(anna.Secret)),
            ["session"] = SecretForms.Of(first),
            ["session after a mistake"] = SecretForms.Of(second),
        };
    }

    private sealed class CollectedConsole(Collector collector) : ConsoleFixture
    {
        protected override string[] Settings =>
            [.. collector.Settings, "--Logging:OpenTelemetry:LogLevel:Default", "Trace"];
    }
}
