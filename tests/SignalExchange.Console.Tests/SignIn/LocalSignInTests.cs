using System.Net;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.Tests.SignIn;

/// <summary>People with a local account come in by password and authenticator, and nobody else does.</summary>
public sealed class LocalSignInTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_right_password_and_code_open_a_session_that_scripts_and_other_sites_cannot_use()
    {
        var anna = await console.Enrol("anna-enters", KeyRole.Auditor);
        using var browser = Again(anna);

        var answer = await browser.SignIn(code: anna.NextCode());

        Assert.Equal("/console", answer.Headers.Location?.ToString());
        var cookie = answer
            .Headers.GetValues("Set-Cookie")
            .Single(it => it.StartsWith("exchange-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/console/log", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_code_that_was_used_is_refused_and_the_next_is_taken()
    {
        var anna = await console.Enrol("anna-replays", KeyRole.Auditor);
        var code = anna.NextCode();
        using var first = Again(anna);
        using var second = Again(anna);

        Assert.Equal(HttpStatusCode.Redirect, (await first.SignIn(code: code)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.SignIn(code: code)).StatusCode);
    }

    [Theory]
    [InlineData("anna-mistypes", "another password that is long", null)]
    [InlineData("anna-misreads", ConsolePerson.Password, "000000")]
    [InlineData("nobody-at-all", ConsolePerson.Password, null)]
    public async Task Whatever_is_wrong_the_answer_is_the_same(string login, string password, string? code)
    {
        var anna = await console.Enrol($"{login}-2", KeyRole.Auditor);
        using var browser = new ConsolePerson(console.Address, login == "nobody-at-all" ? login : anna.Login);

        var answer = await browser.SignIn(password, code ?? anna.NextCode());

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(
            "Name, password and code are not right together",
            await answer.Content.ReadAsStringAsync(Ct),
            StringComparison.Ordinal
        );
        Assert.Empty(browser.SessionCookie);
        var entry = await console.LastEntry("/console/sign-in");
        Assert.Equal((ActorKind.Unknown, ErrorReason.SignInRefused), (entry.Actor.Kind, entry.Reason));
    }

    [Fact]
    public async Task Who_signs_in_and_out_is_on_record_as_a_person()
    {
        var anna = await console.Enrol("anna-recorded", KeyRole.Auditor);
        using var browser = Again(anna);

        await browser.SignIn(code: anna.NextCode());
        var entered = await console.LastEntry("/console/sign-in");
        await browser.SignOut();
        var left = await console.LastEntry("/console/sign-out");

        Assert.Equal(
            (ActorKind.Person, KeyRole.Auditor, "consortium"),
            (entered.Actor.Kind, entered.Actor.Role, entered.Actor.MemberId)
        );
        Assert.Equal(SourceClass.Loopback, entered.Actor.Source);
        Assert.Equal(entered.Actor.KeyThumbprint, left.Actor.KeyThumbprint);
    }

    [Fact]
    public async Task Guesses_lock_the_account_for_a_while_even_for_the_right_password()
    {
        var anna = await console.Enrol("anna-guessed", KeyRole.Auditor);
        for (var guess = 0; guess < 5; guess++)
        {
            using var stranger = Again(anna);
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                (await stranger.SignIn("another password that is long", "000000")).StatusCode
            );
        }

        using var browser = Again(anna);
        var answer = await browser.SignIn(code: anna.NextCode());

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Wait", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(ErrorReason.SignInLocked, (await console.LastEntry("/console/sign-in")).Reason);
    }

    [Fact]
    public async Task Guesses_at_a_name_that_nobody_has_are_locked_as_an_accounts_are()
    {
        using var stranger = new ConsolePerson(console.Address, "nobody-is-guessed");
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.SignIn(code: "000000")).StatusCode);
        }

        var answer = await stranger.SignIn(code: "000000");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Wait", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var another = new ConsolePerson(console.Address, "nobody-else-is-guessed");
        Assert.Equal(HttpStatusCode.Unauthorized, (await another.SignIn(code: "000000")).StatusCode);
    }

    [Fact]
    public async Task A_one_time_code_is_good_once()
    {
        var (code, _) = await console.Invite("anna-once", KeyRole.Auditor);
        await console.NewPerson("anna-once").Enrol(code);
        using var second = new ConsolePerson(console.Address, "anna-once");

        var answer = await second.Post("/console/sign-in/code", ("login", "anna-once"), ("code", code));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_one_time_code_is_read_however_it_was_typed()
    {
        var (code, _) = await console.Invite("anna-types", KeyRole.Auditor);
        var person = console.NewPerson("anna-types");

        await person.Enrol(
            code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal).Replace('0', 'o').Replace('1', 'l')
        );

        Assert.NotEmpty(person.SessionCookie);
    }

    [Theory]
    [InlineData("anna-is-short", "short")]
    [InlineData("anna-repeats", "aaaaaaaaaaaaaaaa")]
    [InlineData("anna-names", "my-name-is-anna-names")]
    [InlineData("anna-brands", "SignalExchange-2026!")]
    public async Task A_password_that_is_too_plain_is_refused_and_the_code_stays_good(string login, string password)
    {
        var (code, _) = await console.Invite(login, KeyRole.Auditor);
        var person = console.NewPerson(login);
        await person.Post("/console/sign-in/code", ("login", person.Login), ("code", code));

        var answer = await person.Post(
            "/console/sign-in/new",
            ("password", password),
            ("again", password),
            ("code", "000000")
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("/console", (await person.Enrol(code)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task Who_lost_everything_comes_back_by_the_servers_command_and_the_old_password_is_no_good()
    {
        var anna = await console.Enrol("anna-lost", KeyRole.Auditor);
        var before = anna.SessionCookie;
        using var browser = new ConsolePerson(console.Address, "anna-lost");

        await browser.Enrol(await console.CodeByServer("anna-lost"));

        Assert.NotEmpty(browser.SessionCookie);
        Assert.NotEqual(before, browser.SessionCookie);
        Assert.Equal(HttpStatusCode.Redirect, (await anna.Http.GetAsync("/console/log", Ct)).StatusCode);
        using var old = Again(anna);
        Assert.Equal(HttpStatusCode.Unauthorized, (await old.SignIn(code: anna.NextCode())).StatusCode);
    }

    private ConsolePerson Again(ConsolePerson person) => new(console.Address, person.Login) { Secret = person.Secret };
}
