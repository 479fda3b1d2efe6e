using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>What auditors do in a browser: judge, report, follow an indicator, export.</summary>
public sealed class AuditorPageTests(BrowserFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_export_waits_for_an_operator_then_comes_as_a_file_with_a_manifest_and_says_how_far_it_is()
    {
        await using var window = await fixture.Open(fixture.Anna);
        await window.Go("/console/log?member=platform-a");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Export these" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByLabel("Member")).ToHaveValueAsync("platform-a");

        await Button(window.Page, "Export").ClickAsync();
        await Assertions.Expect(window.Page.GetByText("An operator decides under Approvals")).ToBeVisibleAsync();
        await Approve();
        await Button(window.Page, "Look again").ClickAsync();
        var download = await window.Page.RunAndWaitForDownloadAsync(() => Button(window.Page, "Export").ClickAsync());

        Assert.Matches(@"^access-log-\d{8}-\d{6}\.jsonl$", download.SuggestedFilename);
        var lines = await File.ReadAllLinesAsync((await download.PathAsync())!, Ct);
        Assert.NotEmpty(lines);
        Assert.All(
            lines,
            line =>
                Assert.Contains("platform-a", JsonDocument.Parse(line).RootElement.ToString(), StringComparison.Ordinal)
        );
        await Assertions.Expect(window.Page.GetByText($"{lines.Length} of {lines.Length} entries.")).ToBeVisibleAsync();
        var manifest = await window.Page.RunAndWaitForDownloadAsync(() =>
            Button(window.Page, "Save the manifest").ClickAsync()
        );
        Assert.Contains(
            "payloadType",
            await File.ReadAllTextAsync((await manifest.PathAsync())!, Ct),
            StringComparison.Ordinal
        );
        await window.MustBeAccessible();
    }

    [Fact]
    public async Task What_an_auditor_judges_stands_among_the_reviews()
    {
        await using var window = await fixture.Open(fixture.Anna);
        await window.Go("/console/log/3");
        await Button(window.Page, "Judge").ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Mistake" }).CheckAsync();
        await Button(dialog, "Judge").ClickAsync();
        await Assertions.Expect(window.Page.GetByText("Judged; the judgement is an entry")).ToBeVisibleAsync();

        await window.Go("/console/log/reviews");

        var row = window.Page.Locator("tbody tr", new() { HasText = "Mistake" });
        await Until(window, row);
        await row.First.GetByRole(AriaRole.Link, new() { Name = "3", Exact = true }).ClickAsync();
        await Assertions.Expect(window.Page).ToHaveURLAsync(new Regex("/console/log/3$"));
    }

    [Fact]
    public async Task An_alarm_that_an_auditor_judges_is_closed_with_what_was_found()
    {
        await using var window = await fixture.Open(fixture.Anna);
        await window.Go("/console/alarms");
        var row = window.Page.Locator("tbody tr", new() { HasText = "platform-a" }).First;
        await Button(row, "Judge").ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Justified" }).CheckAsync();
        await Button(dialog, "Judge").ClickAsync();

        await Assertions.Expect(window.Page.GetByText("Closed; what you found is an entry")).ToBeVisibleAsync();
        await Assertions.Expect(Button(row, "Judge")).ToHaveCountAsync(0);
        var entry = await fixture.LastEntry("/signalexchange.v1.AuditService/AcknowledgeAlarm");
        Assert.Equal((ActorKind.Person, KeyRole.Auditor), (entry.Actor.Kind, entry.Actor.Role));
        await window.Page.Locator(".mud-toggle-item", new() { HasText = "All" }).ClickAsync();
        await Until(window, window.Page.Locator("tbody tr", new() { HasText = "Justified" }));
        await Assertions.Expect(window.Page.Locator("tbody")).ToContainTextAsync("Justified");
    }

    [Theory]
    [InlineData("Look-ups", "/console/log/lookups", "Whose trail?")]
    [InlineData("Export", "/console/log/export", "Every entry of the log")]
    public async Task A_page_that_asks_for_nothing_is_recorded_as_who_opened_it(string link, string page, string shows)
    {
        await using var window = await fixture.Open(fixture.Anna);
        await window.Go("/console/log");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
        await window.Page.GetByText(shows).First.WaitForAsync();

        var entry = await Eventually.ResultAsync(
            () => fixture.FindLastEntry(page),
            it => it is not null,
            $"an entry of {page}"
        );

        Assert.Equal(
            (ActorKind.Person, KeyRole.Auditor, SourceClass.Loopback),
            (entry!.Actor.Kind, entry.Actor.Role, entry.Actor.Source)
        );
    }

    [Fact]
    public async Task Who_looked_an_indicator_up_is_one_click_from_the_entry_that_names_it()
    {
        await using var window = await fixture.Open(fixture.Anna);
        await window.Go("/console/log?member=platform-b&method=/signalexchange.v1.SignalService/Check");
        await window.Page.Locator("tbody tr a").First.ClickAsync();
        await window.Page.Locator(".pseudonyms a").First.ClickAsync();

        await Assertions
            .Expect(window.Page)
            .ToHaveURLAsync(new Regex("/console/log/lookups\\?pseudonym=[0-9a-f]{32}$"));
        await Assertions.Expect(window.Page.Locator("tbody")).ToContainTextAsync("platform-b");
        await window.MustBeAccessible();
    }

    [Theory]
    [InlineData("/console/log/usage?from=yesterday", "The field “from” does not have its form")]
    [InlineData("/console/log/usage?from=2000-01&until=2026-11", "The field “until” does not have its form")]
    [InlineData("/console/log/usage?member=A%3Cscript%3E", "The field “member” does not have its form")]
    [InlineData("/console/log/lookups?pseudonym=zz", "A pseudonym has 32 hexadecimal digits")]
    [InlineData("/console/log/export?role=Nobody", "The field “role” of this search does not have its form")]
    public async Task An_address_that_has_not_its_form_is_refused_in_words(string address, string words)
    {
        await using var window = await fixture.Open(fixture.Anna);

        await window.Go(address);

        await Assertions.Expect(window.Page.GetByText(words)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_auditor_sees_what_operators_do_and_can_change_none_of_it()
    {
        await using var window = await fixture.Open(fixture.Anna);
        foreach (
            var (path, shows) in new[]
            {
                ("groups", BrowserFixture.Ring),
                ("policy", "13 whole months"),
                ("disputes", "platform-a"),
            }
        )
        {
            await window.Go($"/console/{path}");
            await window.Page.GetByText(shows).First.WaitForAsync();

            Assert.Equal(
                0,
                await window
                    .Page.GetByRole(
                        AriaRole.Button,
                        new() { NameRegex = new("Change|Place|End the dispute|New group") }
                    )
                    .CountAsync()
            );
        }
    }

    private async Task Approve()
    {
        await using var window = await fixture.Open(fixture.Otto);
        await window.Go("/console/approvals");
        await Button(window.Page.Locator("tbody tr", new() { HasText = "the access log" }).First, "Approve")
            .ClickAsync();
        await Button(window.Page.GetByRole(AriaRole.Dialog), "Approve").ClickAsync();
        await Assertions.Expect(window.Page.GetByText("Approved, and done.")).ToBeVisibleAsync();
    }

    // The search index follows the log within about a second.
    private static async Task Until(Window window, ILocator row)
    {
        for (var look = 0; look < 60 && await row.CountAsync() == 0; look++)
        {
            await Button(window.Page, "Refresh").ClickAsync();
            await Task.Delay(500, Ct);
        }
    }

    private static ILocator Button(IPage page, string name) => Button(page.Locator("main"), name);

    private static ILocator Button(ILocator within, string name) =>
        within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
