using Microsoft.Playwright;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>Every dialog, where there is least room and contrast: on a phone, in dark colours; and what somebody is told who is refused a page. Anybody can use them.</summary>
public sealed class EveryDialogTests(BrowserFixture fixture)
{
    private const int Desk = 1280;
    private const int Phone = 390;

    /// <summary>Who opens a dialog, where, by which button, and its title.</summary>
    public static TheoryData<string, string, string, string> Dialogs =>
        new()
        {
            { "olga", "/console/members", "Invite a member", "Invite a member" },
            { "olga", "/console/members/platform-b", "Change", "Quotas" },
            { "olga", "/console/members/platform-b", "Suspend", "Suspend" },
            { "olga", "/console/members/platform-b", "End the membership", "End the membership" },
            { "olga", "/console/people", "Invite somebody", "Invite somebody" },
            { "olga", "/console/groups", "New group", "New sharing group" },
            { "olga", "/console/policy", "Change", "Change the policy" },
            { "olga", "/console/policy", "Add a rule", "What the law of a country asks" },
            { "olga", "/console/policy", "Place a legal hold", "Place a legal hold" },
            { "marc", "/console/member", "Add a key", "Add a key" },
            { "anna", "/console/log/4", "Judge", "Judge" },
        };

    [Theory]
    [MemberData(nameof(Dialogs))]
    public async Task A_dialog_can_be_used_by_everybody(string who, string path, string button, string title)
    {
        await using var window = await fixture.Open(fixture.PersonOf(who), width: Phone);
        await window.Go(path);
        await window.Show(isDark: true);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync(title);

        await window.MustBeAccessible();
        Assert.Equal(0, await window.Overflow());
        await window.Page.WaitForFunctionAsync("() => document.activeElement.closest('[role=dialog]')"); // a key pressed before goes nowhere
        await window.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("marc", "/console/overview", "Not for your role")]
    [InlineData("olga", "/console/log", "Not for your role")]
    [InlineData("anna", "/console/nothing-here", "There is no such page")]
    public async Task A_refusal_can_be_read_by_everybody(string who, string path, string says)
    {
        await Task.WhenAll(Look(Desk), Look(Phone));

        async Task Look(int width)
        {
            await using var window = await fixture.Open(fixture.PersonOf(who), width: width);
            await window.Page.GotoAsync(path);
            await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync(says);
            await window.Show(isDark: width == Phone);

            await window.MustBeAccessible();
            Assert.Equal(0, await window.Overflow());
            await Screenshots.Take(window.Page, who, path, width, isDark: width == Phone);
            window.Forgive(); // the refusal's status
        }
    }
}
