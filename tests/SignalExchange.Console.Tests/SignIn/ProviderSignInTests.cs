using System.Net;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.Tests.SignIn;

/// <summary>People come by the site's OpenID provider: it says who they are, the settings say what that means, and the exchange has the last word.</summary>
public sealed class ProviderSignInTests(ProviderSignInTests.Site site) : IClassFixture<ProviderSignInTests.Site>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whom_the_provider_sends_has_the_role_of_the_claim_and_lands_where_they_wanted_to_go()
    {
        using var browser = await Come(
            "/console/members",
            ("sub", "u-1"),
            ("preferred_username", "Olga.Operator@corp.example"),
            ("roles", "exchange-operators")
        );

        Assert.True(site.Provider.HasSeenChallenge);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/console/members", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Http.GetAsync("/console/log", Ct)).StatusCode);
        var entry = await site.LastEntry("/console/sign-in/provider");
        Assert.Equal((ActorKind.Person, KeyRole.Operator), (entry.Actor.Kind, entry.Actor.Role));
        Assert.Contains(
            await People(),
            it => it is { Login: "olga-operator", Source: PersonSource.Provider, Role: KeyRole.Operator }
        );
    }

    [Fact]
    public async Task A_members_administrator_is_that_members()
    {
        using var browser = await Come(
            "/console",
            ("sub", "u-2"),
            ("preferred_username", "marc"),
            ("roles", "platform-a-admins")
        );

        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/console/member", Ct)).StatusCode);
        Assert.Contains(
            await People(),
            it => it is { Login: "marc", MemberId: "platform-a", Role: KeyRole.MemberAdministrator }
        );
    }

    [Fact]
    public async Task Whoever_has_none_of_the_roles_stays_outside_and_is_recorded()
    {
        using var browser = await Come("/console", ("sub", "u-3"), ("preferred_username", "eve"), ("roles", "canteen"));

        Assert.Empty(browser.SessionCookie);
        Assert.Equal((ActorKind.Unknown, ErrorReason.RoleNotAllowed), await Last());
        Assert.DoesNotContain(await People(), it => it.Login == "eve");
    }

    [Fact]
    public async Task Whoever_was_revoked_here_stays_out_whatever_the_provider_says()
    {
        using (
            var first = await Come(
                "/console",
                ("sub", "u-4"),
                ("preferred_username", "rudi"),
                ("roles", "exchange-auditors")
            )
        )
        {
            await site.Revoke("rudi");
            Assert.Equal(HttpStatusCode.Redirect, (await first.Http.GetAsync("/console/log", Ct)).StatusCode);
        }

        using var again = await Come(
            "/console",
            ("sub", "u-4"),
            ("preferred_username", "rudi"),
            ("roles", "exchange-auditors")
        );

        Assert.Empty(again.SessionCookie);
        Assert.Equal((ActorKind.Unknown, ErrorReason.PersonStateWrong), await Last());
    }

    [Fact]
    public async Task A_role_that_was_taken_away_at_the_provider_is_gone_and_older_sessions_end()
    {
        using var operators = await Come(
            "/console",
            ("sub", "u-5"),
            ("preferred_username", "vera"),
            ("roles", "exchange-operators")
        );
        using var auditors = await Come(
            "/console",
            ("sub", "u-5"),
            ("preferred_username", "vera"),
            ("roles", "exchange-auditors")
        );

        Assert.Equal(HttpStatusCode.Redirect, (await operators.Http.GetAsync("/console/members", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await auditors.Http.GetAsync("/console/log", Ct)).StatusCode);
    }

    [Theory]
    [InlineData("/console/sign-in/callback?code=abc&state=def")]
    [InlineData("/console/sign-in/callback?error=access_denied&state=def")]
    public async Task An_answer_that_nobody_asked_for_signs_nobody_in(string callback)
    {
        using var browser = new ConsolePerson(site.Address, "nobody");

        var answer = await browser.Http.GetAsync(callback, Ct);

        Assert.Equal("/console/sign-in?refused=SignInRefused", answer.Headers.Location?.ToString());
        Assert.Empty(browser.SessionCookie);
    }

    [Fact]
    public async Task An_answer_to_one_browser_signs_no_other_in()
    {
        site.Provider.User = [("sub", "u-6"), ("preferred_username", "mallory"), ("roles", "exchange-operators")];
        using var mallory = new ConsolePerson(site.Address, "mallory");
        using var victim = new ConsolePerson(site.Address, "victim");
        var callback = await AnswerOf(mallory, "/console");

        await victim.Http.GetAsync(callback, Ct);

        Assert.Empty(victim.SessionCookie);
    }

    private async Task<ConsolePerson> Come(string returnUrl, params (string Name, string Value)[] claims)
    {
        site.Provider.User = claims;
        var browser = new ConsolePerson(site.Address, "by-provider");
        var answer = await browser.Http.GetAsync(await AnswerOf(browser, returnUrl), Ct);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        if (browser.SessionCookie.Length > 0)
        {
            var done = await browser.Http.GetStringAsync(answer.Headers.Location, Ct);
            Assert.Contains($"content=\"0;url={returnUrl}\"", done, StringComparison.Ordinal);
        }

        return browser;
    }

    // To the provider, which is signed in already, and what it answers.
    private static async Task<Uri> AnswerOf(ConsolePerson browser, string returnUrl)
    {
        var asked = await browser.Http.GetAsync(
            $"/console/sign-in/provider?returnUrl={Uri.EscapeDataString(returnUrl)}",
            Ct
        );
        using var provider = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var answer = await provider.GetAsync(asked.Headers.Location, Ct);
        return answer.Headers.Location
            ?? throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(Ct));
    }

    private async Task<(ActorKind Kind, ErrorReason Reason)> Last()
    {
        var entry = await site.LastEntry("/console/sign-in/provider");
        return (entry.Actor.Kind, entry.Reason);
    }

    private async Task<IEnumerable<Person>> People()
    {
        var people = new PersonService.PersonServiceClient(site.Exchange.InvokerFor(site.Exchange.Operator));
        return (await people.ListPeopleAsync(new() { PageSize = 200 }, cancellationToken: Ct)).People;
    }

    /// <summary>A site with a provider of its own.</summary>
    public sealed class Site : ConsoleFixture
    {
        private readonly string _secret = Path.GetTempFileName();

        internal TestProvider Provider { get; } = new();

        protected override string[] Settings =>
            [
                "--Exchange:SignIn:Provider:Authority",
                Provider.Address.ToString(),
                "--Exchange:SignIn:Provider:ClientId",
                TestProvider.ClientId,
                "--Exchange:SignIn:Provider:ClientSecretFile",
                _secret,
                "--Exchange:SignIn:Provider:Roles:0:Value",
                "exchange-operators",
                "--Exchange:SignIn:Provider:Roles:0:Role",
                "Operator",
                "--Exchange:SignIn:Provider:Roles:1:Value",
                "exchange-auditors",
                "--Exchange:SignIn:Provider:Roles:1:Role",
                "Auditor",
                "--Exchange:SignIn:Provider:Roles:2:Value",
                "platform-a-admins",
                "--Exchange:SignIn:Provider:Roles:2:Role",
                "MemberAdministrator",
                "--Exchange:SignIn:Provider:Roles:2:Member",
                "platform-a",
            ];

        public override async ValueTask InitializeAsync()
        {
            await File.WriteAllTextAsync(_secret, TestProvider.ClientSecret + "\n");
            await Provider.Start();
            await base.InitializeAsync();
            using var member = await Exchange.AddMember("platform-a");
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Provider.DisposeAsync();
            File.Delete(_secret);
        }
    }
}
