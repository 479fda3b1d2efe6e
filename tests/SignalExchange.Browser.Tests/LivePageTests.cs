using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>What pages do while they are open.</summary>
public sealed class LivePageTests(BrowserFixture fixture)
{
    [Fact]
    public async Task The_overview_shows_what_members_do_without_being_asked_again()
    {
        await using var window = await fixture.Open(fixture.Olga);
        await window.Go("/console/overview");
        var figure = window.Page.Locator(".figure", new() { HasText = "Tokens checked" }).Locator(".value");
        await Assertions.Expect(window.Page.GetByText("Live; a new reading every two seconds.")).ToBeVisibleAsync();
        var before = await figure.InnerTextAsync();

        var many = Enumerable
            .Range(0, 1000)
            .Select(it => Identifier.Email($"live{it}@mail.example").GetOrThrow())
            .ToList();
        await fixture.PlatformA.CheckBatchAsync(many, CheckPurpose.Registration, TestContext.Current.CancellationToken);

        await Assertions.Expect(figure).Not.ToHaveTextAsync(before);
    }

    [Theory]
    [InlineData("Hour")]
    [InlineData("Day")]
    [InlineData("Week")]
    public async Task The_overviews_charts_move_with_every_reading_however_far_back_they_look(string span)
    {
        await using var window = await fixture.Open(fixture.Olga);
        await window.Go("/console/overview");
        await window.Page.Locator(".mud-toggle-item", new() { HasText = span }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText("Live; a new reading every two seconds.")).ToBeVisibleAsync();
        // With its time: the next minute may have the same figure.
        var newest = window
            .Page.Locator(".trend", new() { HasText = "Tokens checked and known" })
            .Locator("tbody tr")
            .First;
        await Assertions.Expect(newest).ToBeAttachedAsync();
        var before = await newest.TextContentAsync();

        var many = Enumerable
            .Range(0, 1000)
            .Select(it => Identifier.Email($"{span}{it}@mail.example").GetOrThrow())
            .ToList();
        await fixture.PlatformA.CheckBatchAsync(many, CheckPurpose.Registration, TestContext.Current.CancellationToken);

        await Assertions.Expect(newest).Not.ToHaveTextAsync(before!, new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task Two_windows_approve_the_same_act_and_both_are_told_what_became_of_it()
    {
        await fixture.AskForAMember("platform-two");
        await using var first = await fixture.Open(fixture.Otto);
        await using var second = await fixture.Open(fixture.Otto);
        await first.Go("/console/approvals");
        await second.Go("/console/approvals");

        await Approve(second.Page, "platform-two");
        await Assertions.Expect(second.Page.GetByText("Approved, and done.")).ToBeVisibleAsync();
        await Approve(first.Page, "platform-two");

        await Assertions.Expect(first.Page.GetByText("Approved, and done.")).ToBeVisibleAsync();
        await Assertions.Expect(Row(first.Page, "platform-two")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nobody_approves_in_the_console_what_the_same_human_asked_for_by_a_key()
    {
        await fixture.AskForAMember("platform-own");
        await using var window = await fixture.Open(fixture.Olga);
        await window.Go("/console/approvals");

        await Approve(window.Page, "platform-own");

        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cannot approve");
        await Assertions.Expect(Row(window.Page, "platform-own")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_search_stands_in_the_address_and_back_goes_back()
    {
        await using var window = await fixture.Open(fixture.Anna);
        await window.Go("/console/log");
        await Assertions.Expect(window.Page.Locator("tbody tr").First).ToBeVisibleAsync();
        var member = window.Page.GetByLabel("Member");
        await member.FillAsync("platform-b");
        await member.PressAsync("Enter");

        await Assertions.Expect(window.Page).ToHaveURLAsync(new Regex("/console/log\\?member=platform-b$"));
        await Assertions.Expect(window.Page.Locator("tbody tr").First).ToContainTextAsync("platform-b");
        await window.Page.GoBackAsync();
        await Assertions.Expect(window.Page.GetByLabel("Member")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task The_whole_log_is_verified_on_demand_and_the_result_is_an_entry()
    {
        await using var window = await fixture.Open(fixture.Anna);
        await window.Go("/console/log/integrity");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Verify now" }).ClickAsync();

        await Assertions.Expect(window.Page.GetByText("hash to the root that was signed")).ToBeVisibleAsync();
        Assert.EndsWith(
            "/intact",
            (await fixture.LastEntry("/log/verified")).Changes[0].NewValue,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_a_person_looks_at_is_recorded_as_that_persons()
    {
        await using var window = await fixture.Open(fixture.Otto);
        await window.Go("/console/members");
        await window.Page.GetByText("platform-a").First.WaitForAsync();

        var entry = await fixture.LastEntry("/signalexchange.v1.MemberService/ListMembers");

        Assert.Equal(
            (ActorKind.Person, KeyRole.Operator, SourceClass.Loopback),
            (entry.Actor.Kind, entry.Actor.Role, entry.Actor.Source)
        );
    }

    private static ILocator Row(IPage page, string member) => page.Locator("tbody tr", new() { HasText = member });

    private static async Task Approve(IPage page, string member)
    {
        await Row(page, member).GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
    }
}
