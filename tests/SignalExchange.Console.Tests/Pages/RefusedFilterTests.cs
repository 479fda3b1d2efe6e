using Bunit;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Components;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Auditors;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>What one filter found does not stand beside another that was refused; and what is no number of an entry is nobody's to ask for.</summary>
public sealed class RefusedFilterTests : PageContext
{
    [Theory]
    [InlineData("/console/log?member=A%20B", null)]
    [InlineData("/console/log?member=platform-b", ErrorReason.NotReady)]
    public void The_log_shows_no_entries_of_the_filter_before(string address, ErrorReason? refusal)
    {
        Exchange.Answer("SearchEntries", new SearchEntriesResponse { Entries = { Entry() } });
        MustGo<LogPage>("/console/log?member=platform-a", address, "SearchEntries", refusal);
    }

    [Theory]
    [InlineData("/console/log/usage?from=yesterday", null)]
    [InlineData("/console/log/usage?member=A%20B", null)]
    [InlineData("/console/log/usage?member=platform-b", ErrorReason.NotReady)]
    public void The_usage_shows_no_months_of_the_filter_before(string address, ErrorReason? refusal)
    {
        Exchange.Answer("ReportUsage", new ReportUsageResponse { Usages = { new MemberUsage { Period = 600 } } });
        MustGo<UsagePage>("/console/log/usage?member=platform-a", address, "ReportUsage", refusal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_number_below_zero_is_refused_in_words_and_nothing_is_asked_for(long index)
    {
        var page = Render<EntryPage>(it => it.Add(page => page.Index, index));

        Assert.Contains(
            $"“{index}” is the number of none",
            page.Find("[role=alert]").TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("No entry", page.Find("h1").TextContent);
        Assert.Empty(page.FindAll("button"));
        Assert.Empty(Exchange.Asked);
    }

    [Fact]
    public void The_last_number_that_there_can_be_has_none_behind_it()
    {
        var page = Render<EntryPage>(it => it.Add(page => page.Index, long.MaxValue));

        Assert.DoesNotContain($"console/log/{long.MinValue}", page.Markup, StringComparison.Ordinal);
    }

    private void MustGo<TPage>(string from, string to, string method, ErrorReason? refusal)
        where TPage : IComponent
    {
        Navigation.NavigateTo(from);
        var page = Render<TPage>();
        Assert.NotEmpty(page.FindAll("tbody tr"));
        if (refusal is { } reason)
        {
            Exchange.Refuse(method, reason);
        }

        Navigation.NavigateTo(to);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("tbody tr")));
        Assert.Single(page.FindAll("[role=alert]"));
    }

    private static EntrySummary Entry() =>
        new()
        {
            Index = 1,
            State = EntryDetailState.Shredded,
            Time = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch),
        };
}
