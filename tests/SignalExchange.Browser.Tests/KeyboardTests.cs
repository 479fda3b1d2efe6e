using Microsoft.Playwright;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>Everything that can be operated is operated by the keyboard, and shows where one is (WCAG 2.2: 2.1.1, 2.1.2, 2.4.7).</summary>
public sealed class KeyboardTests(BrowserFixture fixture)
{
    [Fact]
    public async Task Tab_reaches_the_menu_and_every_field_of_the_widest_filter()
    {
        await using var window = await fixture.Open(fixture.Anna);
        await window.Go("/console/log?member=platform-c&role=MemberBackend");
        await window.Page.GetByText("platform-c").First.WaitForAsync();

        var walk = await TabWalk.Take(window);

        Assert.Empty(walk.Missed);
        Assert.Empty(walk.Unseen);
        Assert.True(walk.Reached.Count > 10, string.Join('\n', walk.Reached)); // the menu alone has more
    }

    [Fact]
    public async Task An_act_is_refused_by_the_keyboard_alone()
    {
        await fixture.AskForAMember("platform-keys");
        await using var window = await fixture.Open(fixture.Otto);
        await window.Go("/console/approvals");
        var row = window.Page.Locator("tbody tr", new() { HasText = "platform-keys" });
        var refuse = row.GetByRole(AriaRole.Button, new() { Name = "Refuse" });
        var dialog = window.Page.GetByRole(AriaRole.Dialog);

        await refuse.FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await window.Page.WaitForFunctionAsync("() => document.activeElement.closest('[role=dialog]')"); // a key pressed before goes nowhere
        await window.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(refuse).ToBeFocusedAsync();

        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.WaitForFunctionAsync("() => document.activeElement.closest('[role=dialog]')");
        await TabTo(window.Page, dialog.GetByRole(AriaRole.Button, new() { Name = "Refuse" }));
        await window.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(window.Page.GetByText("Refused.").First).ToBeVisibleAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_first_tab_skips_the_menu()
    {
        await using var window = await fixture.Open(fixture.Anna);
        await window.Go("/console/log");
        await window.Page.Locator("tbody tr").First.WaitForAsync();

        await TabTo(window.Page, window.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" }));
        await window.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(window.Page.Locator("main")).ToBeFocusedAsync();
        await TabTo(window.Page, window.Page.GetByRole(AriaRole.Link, new() { Name = "Export these" }), presses: 1);
    }

    // By the key alone, and in the page's order.
    private static async Task TabTo(IPage page, ILocator wanted, int presses = 200)
    {
        await wanted.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        for (var press = 0; press < presses; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("it => it === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"{presses} times Tab did not lead there.");
    }
}
