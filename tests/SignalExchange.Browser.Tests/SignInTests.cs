using Microsoft.Playwright;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>Signing in as people do it: by keyboard, with an authenticator.</summary>
public sealed class SignInTests(BrowserFixture fixture)
{
    [Fact]
    public async Task The_first_time_by_a_one_time_code_then_by_password_and_authenticator()
    {
        var person = fixture.NewPerson("petra");
        var code = await fixture.Invite("petra", KeyRole.MemberAdministrator, "platform-b");
        await using var window = await fixture.Open(null);
        var page = window.Page;

        await page.GotoAsync("/console/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "use a one-time code" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("petra");
        await page.GetByLabel("One-time code").FillAsync(code.Code);
        await page.GetByLabel("The other half").FillAsync(code.Other);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Scan the picture").WaitForAsync();
        person.Secret = OtpNet.Base32Encoding.ToBytes(
            (await page.Locator(".secret").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal)
        );
        await window.MustBeAccessible();
        await page.GetByLabel("Password, at least 12 characters").FillAsync(ConsolePerson.Password);
        await page.GetByLabel("The same again").FillAsync(ConsolePerson.Password);
        await page.GetByLabel("Code that your authenticator shows now")
            .FillAsync(person.CodeAt(TimeProvider.System.GetUtcNow()));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/console/member");

        await page.GetByRole(AriaRole.Button, new() { Name = "petra" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/console/sign-in");
        await page.GetByLabel("Name").FillAsync("petra");
        await page.GetByLabel("Password").FillAsync("not the right password");
        await page.GetByLabel("Code of your authenticator").FillAsync(person.NextCode());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right together");
        await window.MustBeAccessible();
        window.Forgive(); // the refusal's status

        await page.GetByLabel("Name").FillAsync("petra");
        await page.GetByLabel("Password").FillAsync(ConsolePerson.Password);
        await page.GetByLabel("Code of your authenticator").FillAsync(person.NextCode());
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/console/member");
    }

    [Fact]
    public async Task Whoever_is_revoked_while_a_page_is_open_is_put_out_of_it()
    {
        var person = await fixture.Enrol("ruth", KeyRole.MemberAdministrator, "platform-b");
        await using var window = await fixture.Open(person);
        await window.Go("/console");
        await window.Page.WaitForURLAsync("**/console/member");

        await fixture.Revoke("ruth");

        await window.Page.WaitForURLAsync("**/console/sign-in?refused=SessionEnded**");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The session has ended");
    }

    [Fact]
    public async Task A_link_that_is_shared_leads_there_after_signing_in()
    {
        await using var window = await fixture.Open(null);

        await window.Page.GotoAsync("/console/log?member=platform-c");

        await window.Page.WaitForURLAsync("**/console/sign-in?returnUrl=**");
        Assert.Equal(
            "/console/log?member=platform-c",
            await window.Page.Locator("input[name=returnUrl]").InputValueAsync()
        );
    }
}
