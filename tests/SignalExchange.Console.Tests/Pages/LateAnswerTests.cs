using Bunit;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Auditors;
using SignalExchange.WebConsole.Operators;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>Answers come in another order than the questions: what was asked for last is shown.</summary>
public sealed class LateAnswerTests : PageContext
{
    [Fact]
    public async Task Of_two_quick_clicks_the_overview_shows_the_span_of_the_second()
    {
        var answers = new Dictionary<OverviewSpan, TaskCompletionSource<GetOverviewResponse>>
        {
            [OverviewSpan.Hour] = new(),
            [OverviewSpan.Day] = new(),
            [OverviewSpan.Week] = new(),
        };
        Exchange.Answer<GetOverviewRequest, GetOverviewResponse>("GetOverview", it => answers[it.Span].Task);
        var page = Render<OverviewPage>();
        answers[OverviewSpan.Hour].SetResult(Checked(60, 60));
        page.WaitForAssertion(() => Assert.Equal("1", Newest(page)));

        var clicks = new[] { Click(page, "Day"), Click(page, "Week") }; // each ends with its answer
        answers[OverviewSpan.Week].SetResult(Checked(3600, 7 * 3600));
        page.WaitForAssertion(() => Assert.Equal("7", Newest(page)));
        answers[OverviewSpan.Day].SetResult(Checked(300, 2 * 300));

        await Task.WhenAll(clicks);
        Assert.Equal("7", Newest(page));
    }

    [Fact]
    public async Task A_chart_does_not_stand_under_a_span_that_was_refused()
    {
        Exchange.Answer("GetOverview", Checked(60, 3 * 60));
        var page = Render<OverviewPage>();
        Assert.Equal("3", Newest(page));
        Exchange.Refuse("GetOverview", ErrorReason.NotReady);

        await Click(page, "Week");

        Assert.Null(Newest(page));
    }

    [Fact]
    public void Of_two_entries_one_after_the_other_the_second_is_shown()
    {
        var first = new TaskCompletionSource<GetEntryResponse>();
        Exchange.Answer<GetEntryRequest, GetEntryResponse>(
            "GetEntry",
            it => it.Index == 1 ? first.Task : Task.FromResult(EntryOf("second/log/b"))
        );
        var page = Render<EntryPage>(it => it.Add(page => page.Index, 1));

        page.Render(it => it.Add(page => page.Index, 2));
        first.SetResult(EntryOf("first/log/a"));

        page.WaitForAssertion(() => Assert.Contains("second/log/b", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("first/log/a", page.Markup, StringComparison.Ordinal);
    }

    // Found and clicked in one go of the renderer, which may draw the page anew in between otherwise.
    private static Task Click(IRenderedComponent<OverviewPage> page, string span) =>
        page.InvokeAsync(() =>
            page.FindAll(".mud-toggle-item")
                .First(it => it.TextContent.Contains(span, StringComparison.Ordinal))
                .ClickAsync(new())
        );

    // The first figure of the newest step of the first chart.
    private static string? Newest(IRenderedComponent<OverviewPage> page) =>
        page.FindAll(".trend")[0].QuerySelector("tbody td")?.TextContent;

    private static GetOverviewResponse Checked(uint seconds, ulong tokens)
    {
        var step = new ExchangeActivity
        {
            From = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddDays(20_000)),
            Seconds = seconds,
            TokensChecked = tokens,
            CheckLatency = new(),
            SubmitLatency = new(),
        };
        return new()
        {
            Steps = { step },
            Now = new() { LastMinute = step },
        };
    }

    private static GetEntryResponse EntryOf(string origin) =>
        new()
        {
            Origin = origin,
            State = EntryDetailState.Shredded,
            Entry = new() { Time = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch) },
        };
}
