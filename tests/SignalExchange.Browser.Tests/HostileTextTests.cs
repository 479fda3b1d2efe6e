using Microsoft.Playwright;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>Text that is a script stays text wherever somebody can put it; the closed formats of the contract refuse the rest.</summary>
public sealed class HostileTextTests(BrowserFixture fixture)
{
    private const string Script = "\"><img src=x onerror=alert(1)><script>alert(2)</script>";

    // As long as the fields of an operator's forms are.
    private const string ShortScript = "\"><img src=x onerror=alert(1)>";

    public static TheoryData<string, string> Addresses =>
        new()
        {
            { "anna", $"/console/log?member={Uri.EscapeDataString(Script)}" },
            {
                "anna",
                $"/console/log?method={Uri.EscapeDataString(Script)}&key={Uri.EscapeDataString(Script)}&from={Uri.EscapeDataString(Script)}"
            },
            { "anna", $"/console/log?role={Uri.EscapeDataString(Script)}" },
            { "olga", $"/console/members/{Uri.EscapeDataString(Script)}" },
            { "", $"/console/sign-in?returnUrl={Uri.EscapeDataString("/console/" + Script)}" },
            { "", $"/console/sign-in?refused={Uri.EscapeDataString(Script)}" },
        };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_script_in_an_address_is_shown_or_refused_and_never_run(string who, string address)
    {
        await using var window = await fixture.Open(fixture.PersonOf(who));

        await window.Go(address);

        Assert.Equal(0, await window.Page.Locator("img[src=x]").CountAsync());
    }

    [Fact]
    public async Task A_filter_of_ten_thousand_characters_is_refused_in_words()
    {
        await using var window = await fixture.Open(fixture.Anna);

        await window.Go($"/console/log?member={new string('a', 10_000)}");

        await window.Page.GetByText("The field “member” of this search does not have its form.").WaitForAsync();
    }

    [Theory]
    [InlineData("/console/log/usage?member=")]
    [InlineData("/console/log/lookups?pseudonym=")]
    [InlineData("/console/log/export?method=")]
    public async Task A_field_of_ten_thousand_characters_is_refused_on_every_page_that_has_one(string address)
    {
        await using var window = await fixture.Open(fixture.Anna);

        await window.Go(address + new string('a', 10_000));

        await window.Page.GetByRole(AriaRole.Alert).First.WaitForAsync();
    }

    /// <summary>What a person fills in and sends: the page, the button that opens the form, what is filled in before, the field, what sends it, and whether the exchange is asked:
    /// some forms know themselves what they want, and stay shut.</summary>
    public static TheoryData<string, string, string, string, string, bool> Forms =>
        new()
        {
            { "/console/members", "Invite a member", "#member-countries=NL", "#member-id", "Invite", true },
            { "/console/members", "Invite a member", "#member-id=hostile-one", "#member-countries", "Invite", true },
            {
                "/console/members",
                "Invite a member",
                "#member-id=hostile-two;#member-countries=NL",
                "#member-agreement",
                "Invite",
                true
            },
            { "/console/people", "Invite somebody", "Auditor", "#person-login", "Invite", true },
            {
                "/console/people",
                "Invite somebody",
                "Auditor;#person-login=hostile-key",
                "#person-key",
                "Invite",
                true
            },
            {
                "/console/people",
                "Invite somebody",
                "Administrator of a member;#person-login=hostile-admin",
                "#person-member",
                "Invite",
                true
            },
            { "/console/groups", "New group", "", "#group-id", "Set the group", false },
            { "/console/policy", "Place a legal hold", "", "#hold-id", "Place the hold", false },
            { "/console/policy", "Add a rule", "", "#rule-country", "Set the rule", false },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_script_that_an_operator_sends_in_a_form_is_refused_in_words_shown_back_and_never_run(
        string path,
        string opens,
        string before,
        string field,
        string sends,
        bool isAsked
    )
    {
        await using var window = await fixture.Open(fixture.Olga);
        await window.Go(path);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = opens }).First.ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        foreach (var step in before.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            await (
                step.Split('=') is [var known, var value]
                    ? dialog.Locator(known).Enter(value)
                    : dialog.GetByRole(AriaRole.Radio, new() { Name = step }).CheckAsync()
            );
        }

        await dialog.Locator(field).Enter(ShortScript);
        await dialog.Locator(field).BlurAsync();
        var send = dialog.GetByRole(AriaRole.Button, new() { Name = sends, Exact = true });
        if (isAsked)
        {
            await send.ClickAsync();
            await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        }
        else
        {
            await Assertions.Expect(send).ToBeDisabledAsync();
        }

        Assert.StartsWith(await dialog.Locator(field).InputValueAsync(), ShortScript, StringComparison.Ordinal);
        await MustNotRun(window);
    }

    [Fact]
    public async Task A_script_for_a_key_or_a_case_is_refused_before_it_is_sent()
    {
        await using var window = await fixture.Open(fixture.Marc);
        await window.Go("/console/member");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Add a key" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Radio, new() { Name = "Your backend's" }).CheckAsync();
        await window.Page.GetByLabel("Public key, PEM").Enter(Script);
        await window.Page.GetByText("That is no public key of the curve P-256").WaitForAsync();
        await Assertions
            .Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Add the key" }))
            .ToBeDisabledAsync();
        await MustNotRun(window);

        await using var auditor = await fixture.Open(fixture.Anna);
        await auditor.Go("/console/log/3");
        await auditor.Page.GetByRole(AriaRole.Button, new() { Name = "Judge" }).ClickAsync();
        var dialog = auditor.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Mistake" }).CheckAsync();
        await dialog.GetByLabel("Case, if there is one").Enter(Script);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Judge" })).ToBeDisabledAsync();
        await MustNotRun(auditor);
    }

    [Theory]
    [InlineData("/console/log", "Search", "Member")]
    [InlineData("/console/log", "Search", "Method, page or event")]
    [InlineData("/console/log?role=Auditor", "Search", "Key or account")]
    [InlineData("/console/log?role=Auditor", "Search", "Request id")]
    [InlineData("/console/log?role=Auditor", "Search", "Indicator's pseudonym")]
    [InlineData("/console/log/export", "Search", "Member")]
    [InlineData("/console/log/usage", "Report", "Member")]
    [InlineData("/console/log/lookups", "Look", "Pseudonym")]
    public async Task A_script_that_an_auditor_searches_for_is_refused_in_words_shown_back_and_never_run(
        string path,
        string sends,
        string field
    )
    {
        await using var window = await fixture.Open(fixture.Anna);
        await window.Go(path);
        await window.Page.GetByLabel(field, new() { Exact = true }).FillAsync(Script);

        await window.Page.GetByRole(AriaRole.Button, new() { Name = sends, Exact = true }).ClickAsync();

        await Assertions.Expect(window.Page.Locator("main").GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByLabel(field, new() { Exact = true })).ToHaveValueAsync(Script);
        await MustNotRun(window);
    }

    [Fact]
    public async Task A_script_at_the_door_is_refused_and_never_run()
    {
        await using var window = await fixture.Open(null);
        await window.Page.GotoAsync("/console/sign-in");
        await window.Page.GetByLabel("Name").FillAsync(Script);
        await window.Page.GetByLabel("Password").FillAsync(Script);
        await window.Page.GetByLabel("Code of your authenticator").FillAsync("000000");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right together");
        await MustNotRun(window);

        await window.Page.GotoAsync("/console/sign-in/code");
        await window.Page.GetByLabel("Name").FillAsync(Script);
        await window.Page.GetByLabel("One-time code").FillAsync(Script);
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await MustNotRun(window);
        window.Forgive(); // the refusals' status
    }

    private static async Task MustNotRun(Window window)
    {
        Assert.Equal(0, await window.Page.Locator("img[src=x]").CountAsync());
        Assert.Equal(0, await window.Page.Locator("script:not([src])").CountAsync());
    }
}
