using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing.Template;
using SignalExchange.Silo.Tests.Telemetry;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>Every page, for a role that may open it: it lives, is recorded, fetches nothing from elsewhere, stands still while it loads, keeps what is secret,
/// and anybody can use it, on a desk and on a phone, in both palettes.</summary>
public sealed class EveryPageTests(BrowserFixture fixture)
{
    /// <summary>A page, who looks at it, and what stands on it once it has heard from the exchange.</summary>
    public static TheoryData<string, string, string> Pages =>
        new()
        {
            { "", "/console/sign-in", "Code of your authenticator" },
            { "", "/console/sign-in/code", "One-time code" },
            { "olga", "/console/overview", "all 256 shards as of now" },
            { "olga", "/console/members", "platform-a" },
            { "olga", "/console/members/platform-a", "Distinct tokens" },
            { "olga", "/console/members/consortium", "Operator" },
            { "olga", "/console/members/nobody", "There is no such member" },
            { "olga", "/console/approvals", "platform-d" },
            { "olga", "/console/alarms", "Off hours" },
            { "anna", "/console/alarms", "Off hours" },
            { "anna", "/console/log?method=/signalexchange.v1.SignalService/Check", "SignalService/Check" },
            { "anna", "/console/log?member=platform-c", "platform-c" },
            { "olga", "/console/people", "marc" },
            { "olga", "/console/signals", "Cse grooming" },
            { "olga", "/console/retractions", "Precision:" },
            { "olga", "/console/disputes", "platform-a, by platform-b" },
            { "olga", "/console/groups", "trust-ring" },
            { "olga", "/console/policy", "13 whole months" },
            { "olga", "/console/settings", "exchange.quotas.tokensperday" },
            { "marc", "/console/member", "Your newest signals" },
            { "marc", "/console/disputes", "yours" },
            { "anna", "/console/log/reviews", "Justified" },
            { "anna", "/console/log/usage", "Registration" },
            { "anna", "/console/log/lookups", "Whose trail?" },
            { "anna", "/console/log/export?format=Csv", "Every entry of the log" },
            { "anna", "/console/log/4", "is the root of" },
            { "anna", "/console/log/integrity", "the log itself" },
            { "anna", "/console/members", "platform-a" },
        };

    /// <summary>The same pages for the other roles that may open them.</summary>
    public static TheoryData<string, string, string> PagesOfOthers =>
        new()
        {
            { "anna", "/console/overview", "all 256 shards as of now" },
            { "anna", "/console/members/platform-a", "Distinct tokens" },
            { "anna", "/console/approvals", "platform-d" },
            { "anna", "/console/people", "marc" },
            { "anna", "/console/signals", "Cse grooming" },
            { "anna", "/console/retractions", "Precision:" },
            { "anna", "/console/disputes", "platform-a, by platform-b" },
            { "anna", "/console/groups", "trust-ring" },
            { "anna", "/console/policy", "13 whole months" },
            { "anna", "/console/settings", "exchange.quotas.tokensperday" },
            { "olga", "/console/log/integrity", "Auditors see when it was verified last" },
        };

    private const int Desk = 1280;

    // What Web Vitals calls good is a tenth; a page that is drawn in its place from the start has none to speak of.
    private const double MaxShift = 0.02;

    [Theory]
    [MemberData(nameof(PagesOfOthers))]
    public async Task A_page_can_be_used_by_each_role_that_may_open_it(string who, string path, string shows)
    {
        await using var window = await fixture.Open(fixture.PersonOf(who));
        await window.Go(path);

        await window.Page.GetByText(shows).First.WaitForAsync();
        await window.MustBeAccessible();
        Assert.Equal(0, await window.Overflow());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_lives_and_can_be_used_by_everybody(string who, string path, string shows)
    {
        await Task.WhenAll(Look(Desk), Look(390));

        async Task Look(int width)
        {
            await using var window = await fixture.Open(fixture.PersonOf(who), width: width);
            await window.Go(path);
            await window.Page.GetByText(shows).First.WaitForAsync();
            await MustStandStill(window);
            Assert.DoesNotContain(await window.Times(), time => !time.IsOf(BrowserFixture.Zone));
            foreach (var isDark in new[] { false, true })
            {
                await window.Show(isDark);

                await (isDark ? window.MustBeReadable() : window.MustBeAccessible());
                Assert.Equal(0, await window.Overflow());
                await Screenshots.Take(window.Page, who, path, width, isDark);
            }

            await MustKeepSecrets(window, who);
            if (width == Desk)
            {
                await TabWalk.MustReachEverything(window);
            }
        }
    }

    [Fact]
    public void Every_page_there_is_is_looked_at()
    {
        var looked = Pages.Select(it => it.Data.Item2.Split('?')[0]).ToList();
        var routes = typeof(SignalExchange.WebConsole.Elements.LivePage)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
            .Select(route => route.Template)
            .Where(template => template != "/console") // leads to one of the others
            .ToList();

        Assert.NotEmpty(routes);
        Assert.All(routes, template => Assert.Contains(looked, path => IsOf(path, template)));
    }

    private static bool IsOf(string path, string template) =>
        new TemplateMatcher(TemplateParser.Parse(template.TrimStart('/')), []).TryMatch(path, []);

    private static async Task MustStandStill(Window window)
    {
        var shifts = await window.Shifts();
        Assert.True(
            shifts.Sum(it => it.Value) < MaxShift,
            string.Join('\n', shifts.Select(it => $"{it.Value:0.000}: {it.What}"))
        );
    }

    // What the page was told, which is more than it shows, and what it made of it.
    private async Task MustKeepSecrets(Window window, string who)
    {
        byte[] page = [.. window.Told, .. Encoding.UTF8.GetBytes(await window.Page.ContentAsync())];
        if (who.Length > 0)
        {
            Assert.NotEmpty(SecretForms.Of(who).FoundIn(window.Told)); // so what was told can be read
        }

        Assert.Empty(fixture.Secrets.FoundIn(page));
    }
}
