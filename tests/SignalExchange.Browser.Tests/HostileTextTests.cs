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
}
