using System.Net;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.Tests.SignIn;

/// <summary>Signing in for the first time to an account that two operators made: by both halves, and by nothing less.</summary>
public sealed class CodeHalvesTests(CodeHalvesTests.TwoOperators console) : IClassFixture<CodeHalvesTests.TwoOperators>
{
    [Fact]
    public async Task The_operator_who_asked_does_not_sign_in_as_the_new_human()
    {
        var (asked, approved) = await console.Invite("carol", KeyRole.Operator);

        Assert.Equal(HttpStatusCode.Unauthorized, await Try("carol", asked, ""));
        Assert.Equal(HttpStatusCode.Unauthorized, await Try("carol", approved, ""));
        Assert.Equal(HttpStatusCode.Unauthorized, await Try("carol", asked, asked));
        Assert.Equal(HttpStatusCode.Unauthorized, await Try("carol", "", approved));
        Assert.Equal(HttpStatusCode.Redirect, await Try("carol", asked, approved));
    }

    [Fact]
    public async Task Whoever_has_both_halves_signs_in_whichever_is_typed_first()
    {
        var (asked, approved) = await console.Invite("marc", KeyRole.MemberAdministrator, "platform-a");
        var marc = console.NewPerson("marc");

        await marc.Enrol(approved.ToLowerInvariant(), asked);

        Assert.NotEmpty(marc.SessionCookie);
    }

    private async Task<HttpStatusCode> Try(string login, string code, string other)
    {
        using var person = new ConsolePerson(console.Address, login);
        var answer = await person.Post("/console/sign-in/code", ("login", login), ("code", code), ("other", other));
        return answer.StatusCode;
    }

    /// <summary>A console with two operators.</summary>
    public sealed class TwoOperators : ConsoleFixture
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Exchange.AddMember("platform-a");
            await AddOperatorKey();
        }
    }
}
