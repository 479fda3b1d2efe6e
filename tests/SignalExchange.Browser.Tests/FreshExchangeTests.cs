using Microsoft.Playwright;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>An exchange on its first day: wherever there is nothing to see, the page says so, and what to do.</summary>
public sealed class FreshExchangeTests(BrowserFixture fixture, ConsoleFixture fresh) : IClassFixture<ConsoleFixture>
{
    private static readonly (string Path, string Says)[] OfOperators =
    [
        ("members", "Invite the first one"),
        ("people", "Invite a second operator"),
        ("groups", "Make a group of those who have agreed"),
        ("approvals", "once there are two operators"),
        ("signals", "Members submit them with the SDK"),
        ("retractions", "follow from what members say"),
        ("disputes", "says so with its program"),
        ("policy", "A hold keeps what it covers"),
        ("policy", "no country has a rule"),
        ("overview", "none: only this exchange vouches for the log"),
    ];

    private static readonly (string Path, string Says)[] OfAuditors =
    [
        ("log?member=nobody-yet", "Take something out of the filter"),
        ("log/reviews", "say what you found"),
        ("log/usage?member=nobody-yet", "Take other months"),
        ("log/lookups", "each of those names leads here"),
        ("log/lookups?pseudonym=00000000000000000000000000000000", "No entry of that month names it"),
        ("log/integrity", "Set up witnesses"),
        ("log/integrity", "Verify it now"),
    ];

    [Fact]
    public async Task Where_there_is_nothing_yet_a_page_says_what_to_do()
    {
        var anna = await fresh.Enrol("anna", KeyRole.Auditor);
        await UntilCounted();
        await MustSay(fresh.Olga, OfOperators);
        await MustSay(anna, OfAuditors);

        await fresh.Exchange.AddMember("platform-new");
        var marc = await fresh.Enrol("marc", KeyRole.MemberAdministrator, "platform-new");
        await MustSay(
            marc,
            [("member", "Your signals are counted every few minutes"), ("disputes", "says so with its program")]
        );
    }

    // The first census comes seconds after the start; till then the page says that, and to refresh.
    private async Task UntilCounted()
    {
        await using var window = await fixture.Open(fresh.Olga, fresh.Address);
        await window.Go("/console/signals");
        var refresh = window.Page.GetByRole(AriaRole.Button, new() { Name = "Refresh" });
        var first = window.Page.GetByText("The first census").Or(window.Page.GetByText("Members submit them"));
        await Assertions.Expect(first).ToBeVisibleAsync();
        await Eventually.ResultAsync(
            async () =>
            {
                await refresh.ClickAsync();
                return await window.Page.GetByText("Members submit them").IsVisibleAsync();
            },
            isCounted => isCounted,
            "the first census"
        );
    }

    private async Task MustSay(ConsolePerson who, (string Path, string Says)[] pages)
    {
        await using var window = await fixture.Open(who, fresh.Address);
        foreach (var (path, says) in pages)
        {
            await window.Go($"/console/{path}");
            await Assertions.Expect(window.Page.GetByText(says).First).ToBeVisibleAsync();
        }
    }
}
