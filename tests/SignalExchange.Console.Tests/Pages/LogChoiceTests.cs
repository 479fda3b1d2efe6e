using Bunit;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Auditors;
using SignalExchange.WebConsole.Operators;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>Each silo writes a log of its own; a page shows that which its address names, and asks the silo that has it.</summary>
public sealed class LogChoiceTests : PageContext
{
    [Fact]
    public void An_exchange_of_one_silo_has_nothing_to_choose()
    {
        Exchange.Answer("SearchEntries", Found("exchange/log/silo-1", 7));

        var page = Render<LogPage>();

        page.WaitForAssertion(() => Assert.Equal("console/log/7", LinkOf(page)));
        Assert.Empty(page.FindAll("select#log-choice"));
    }

    [Fact]
    public void A_page_shows_the_log_that_is_chosen_and_its_links_stay_there()
    {
        Logs.Others["silo-2"] = new();
        Exchange.Answer("SearchEntries", Found("exchange/log/silo-1", 7));
        Logs.Others["silo-2"].Answer("SearchEntries", Found("exchange/log/silo-2", 9));
        var page = Render<LogPage>();
        page.WaitForAssertion(() => Assert.Equal("console/log/7?log=silo-1", LinkOf(page)));

        page.Find("select#log-choice").Change("silo-2");

        Assert.EndsWith("?log=silo-2", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("console/log/9?log=silo-2", LinkOf(page)));
        Assert.Contains("exchange/log/silo-2", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("exchange/log/silo-1", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_log_had_is_gone_before_the_answer_of_this_one_is_there()
    {
        Logs.Others["silo-2"] = new();
        Exchange.Answer(
            "ListAlarms",
            new ListAlarmsResponse
            {
                Alarms =
                {
                    new Alarm { MemberId = "platform-a", Time = new() },
                },
            }
        );
        var answer = new TaskCompletionSource<ListAlarmsResponse>();
        Logs.Others["silo-2"].Answer<ListAlarmsRequest, ListAlarmsResponse>("ListAlarms", _ => answer.Task);
        var page = Render<AlarmsPage>();
        page.WaitForAssertion(() => Assert.Contains("platform-a", page.Markup, StringComparison.Ordinal));

        page.Find("select#log-choice").Change("silo-2");

        page.WaitForAssertion(() => Assert.DoesNotContain("platform-a", page.Markup, StringComparison.Ordinal));
        answer.SetResult(new());
        page.WaitForAssertion(() => Assert.Contains("No open alarm", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void A_log_whose_silo_is_away_is_named_and_nothing_is_shown_in_its_place()
    {
        Exchange.Answer("SearchEntries", Found("exchange/log/silo-1", 7));
        Navigation.NavigateTo("console/log?log=silo-9");

        var page = Render<LogPage>();

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[role=alert]")));
        Assert.Equal("silo-9 (away)", page.Find("select#log-choice option[value=silo-9]").TextContent);
        Assert.Empty(page.FindAll("tbody"));
        Assert.DoesNotContain("SearchEntries", Exchange.Asked);
    }

    private static SearchEntriesResponse Found(string origin, ulong index) =>
        new()
        {
            Origin = origin,
            Entries =
            {
                new EntrySummary
                {
                    Index = index,
                    Time = new(),
                    State = EntryDetailState.Shredded,
                },
            },
        };

    private static string? LinkOf(IRenderedComponent<LogPage> page) => page.Find("tbody a").GetAttribute("href");
}
