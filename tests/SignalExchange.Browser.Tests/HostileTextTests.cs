using Microsoft.Playwright;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>Text that is a script stays text wherever somebody can put it; the closed formats of the contract refuse the rest.</summary>
public sealed class HostileTextTests(BrowserFixture fixture)
{
    private const string Script = "\"><img src=x onerror=alert(1)><script>alert(2)</script>";

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

    [Fact]
    public async Task A_script_that_a_person_types_into_a_form_is_refused_or_shown_and_never_run()
    {
        await using var window = await fixture.Open(fixture.Marc);
        await window.Go("/console/member");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Add a key" }).ClickAsync();
        await window.Page.GetByLabel("Public key, PEM").FillAsync(Script);
        await window.Page.GetByText("That is no public key of the curve P-256").WaitForAsync();

        await using var operators = await fixture.Open(fixture.Olga);
        foreach (var (path, button, field) in Forms)
        {
            await operators.Go(path);
            await operators.Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();
            var dialog = operators.Page.GetByRole(AriaRole.Dialog);
            await dialog.Locator(field).FillAsync(Script);
            await dialog.Locator(field).BlurAsync();
            Assert.Equal(0, await operators.Page.Locator("img[src=x]").CountAsync());
        }
    }

    private static readonly (string Path, string Button, string Field)[] Forms =
    [
        ("/console/groups", "New group", "#group-id"),
        ("/console/policy", "Place a legal hold", "#hold-id"),
        ("/console/members", "Invite a member", "#member-id"),
        ("/console/people", "Invite somebody", "#person-login"),
    ];
}
