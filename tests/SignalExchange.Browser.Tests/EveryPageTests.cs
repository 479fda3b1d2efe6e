namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>Every page, for a role that may open it: it lives, fetches nothing from elsewhere, and anybody can use it, in both palettes and on a phone.</summary>
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
            { "olga", "/console/alarms", "What the rules found" },
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

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_lives_and_can_be_used_by_everybody(string who, string path, string shows)
    {
        await using var window = await fixture.Open(fixture.PersonOf(who));
        await window.Go(path);
        await window.Page.GetByText(shows).First.WaitForAsync();
        foreach (var (width, isDark) in new[] { (1280, false), (390, true) })
        {
            await window.Show(width, isDark);

            await window.MustBeAccessible();
            Assert.Equal(0, await window.Overflow());
            await Screenshots.Take(window.Page, path, width, isDark);
        }
    }
}
