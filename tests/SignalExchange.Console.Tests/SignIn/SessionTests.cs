using System.Net;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Browsers;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.Tests.SignIn;

/// <summary>A session begins with signing in, ends for good, and is nobody else's to end or begin.</summary>
public sealed class SessionTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_in_gives_a_new_session_whatever_cookie_the_browser_had_and_ends_the_old_one()
    {
        var mallory = await console.Enrol("mallory-fixes", KeyRole.Auditor);
        var victim = await console.Enrol("victim-signs-in", KeyRole.Auditor);
        using var browser = new ConsolePerson(console.Address, "victim-signs-in") { Secret = victim.Secret };
        browser.Add("exchange-session", mallory.SessionCookie);

        await browser.SignIn(code: victim.NextCode());

        Assert.NotEqual(mallory.SessionCookie, browser.SessionCookie);
        Assert.Equal(HttpStatusCode.Redirect, (await mallory.Http.GetAsync("/console/log", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/console/log", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_cookie_that_was_copied_is_worth_nothing_after_signing_out()
    {
        var anna = await console.Enrol("anna-leaves", KeyRole.Auditor);
        using var thief = new ConsolePerson(console.Address, "anna-leaves");
        thief.Add("exchange-session", anna.SessionCookie);
        Assert.Equal(HttpStatusCode.OK, (await thief.Http.GetAsync("/console/log", Ct)).StatusCode);

        await anna.SignOut();

        Assert.Equal(HttpStatusCode.Redirect, (await thief.Http.GetAsync("/console/log", Ct)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_other_browsers_too()
    {
        var anna = await console.Enrol("anna-everywhere", KeyRole.Auditor);
        using var other = new ConsolePerson(console.Address, "anna-everywhere") { Secret = anna.Secret };
        await other.SignIn(code: anna.NextCode());
        Assert.Equal(HttpStatusCode.OK, (await other.Http.GetAsync("/console/log", Ct)).StatusCode);

        var token = await anna.FormToken("/console/sign-in");
        await anna.Send("/console/sign-out/everywhere", ("__RequestVerificationToken", token));

        Assert.Equal(HttpStatusCode.Redirect, (await other.Http.GetAsync("/console/log", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_person_who_is_revoked_is_out_at_once()
    {
        var anna = await console.Enrol("anna-revoked", KeyRole.Auditor);

        await console.Revoke("anna-revoked");

        Assert.Equal(HttpStatusCode.Redirect, (await anna.Http.GetAsync("/console/log", Ct)).StatusCode);
        using var browser = new ConsolePerson(console.Address, "anna-revoked") { Secret = anna.Secret };
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignIn(code: anna.NextCode())).StatusCode);
    }

    [Theory]
    [InlineData("/console/sign-in")]
    [InlineData("/console/sign-in/code")]
    [InlineData("/console/sign-out")]
    [InlineData("/console/sign-out/everywhere")]
    public async Task A_form_that_another_site_sends_does_nothing(string path)
    {
        var anna = await console.Enrol($"anna-forged-{path.Length}", KeyRole.Auditor);

        var answer = await anna.Send(
            path,
            ("login", anna.Login),
            ("password", ConsolePerson.Password),
            ("code", anna.NextCode())
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anna.Http.GetAsync("/console/log", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_form_that_another_site_sends_sets_nobodys_password()
    {
        var code = await console.Invite("anna-half-way", KeyRole.Auditor);
        var anna = console.NewPerson("anna-half-way");
        await anna.BeginToEnrol(code.Code, code.Other);

        var forged = await anna.Send("/console/sign-in/new", anna.NewCredentials());

        Assert.Equal((HttpStatusCode.BadRequest, ""), (forged.StatusCode, anna.SessionCookie));
        var own = await anna.Post("/console/sign-in/new", anna.NewCredentials()); // with the page's token
        Assert.Equal("/console", own.Headers.Location?.ToString());
        Assert.NotEmpty(anna.SessionCookie);
    }

    [Theory]
    [InlineData("/console/log?member=platform-a", "/console/log?member=platform-a")]
    [InlineData("/console", "/console")]
    [InlineData("https://evil.example/", "/console")]
    [InlineData("//evil.example/console", "/console")]
    [InlineData("/\\evil.example", "/console")]
    [InlineData("/console\\@evil.example", "/console")]
    [InlineData("/console.evil.example", "/console")]
    [InlineData("/console/sign-out", "/console")]
    [InlineData("javascript:alert(1)", "/console")]
    [InlineData("/console/log\r\nSet-Cookie: a=b", "/console")]
    [InlineData(null, "/console")]
    public void Signing_in_leads_nowhere_but_into_the_console(string? asked, string goes) =>
        Assert.Equal(goes, ConsolePaths.Local(asked));

    [Fact]
    public async Task An_address_of_another_host_is_not_gone_on_to()
    {
        var anna = await console.Enrol("anna-is-led", KeyRole.Auditor);
        using var browser = new ConsolePerson(console.Address, anna.Login) { Secret = anna.Secret };

        var answer = await browser.SignIn(code: anna.NextCode(), returnUrl: "//evil.example/console");

        Assert.Equal("/console", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_link_that_was_followed_from_elsewhere_is_asked_for_again_from_here_so_that_the_cookie_comes_along()
    {
        using var stranger = new ConsolePerson(console.Address, "from-a-mail");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/console/log?member=a%22%3E%3Cscript%3E");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");

        var page = await (await stranger.Http.SendAsync(request, Ct)).Content.ReadAsStringAsync(Ct);

        Assert.Contains("http-equiv=\"refresh\"", page, StringComparison.Ordinal);
        Assert.Contains("url=/console/log?member=a%22%3E%3Cscript%3E", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }
}
