using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit;
using SignalExchange.WebConsole.Operators;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>A page that is told what is new says when it is not any more, and asks again.</summary>
public sealed class BrokenStreamTests : PageContext
{
    private readonly FakeTimeProvider _time = new();

    public BrokenStreamTests() => Services.AddSingleton<TimeProvider>(_time);

    [Fact]
    public async Task An_overview_whose_stream_breaks_asks_for_another_one()
    {
        Exchange.Answer(
            "GetOverview",
            new GetOverviewResponse
            {
                Now = new()
                {
                    LastMinute = new()
                    {
                        Seconds = 60,
                        CheckLatency = new(),
                        SubmitLatency = new(),
                    },
                },
            }
        );
        var page = Render<OverviewPage>();
        await UntilAsked(1);
        page.WaitForAssertion(() => Assert.Contains("half within", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Not live", page.Markup, StringComparison.Ordinal); // nothing broke: the first reading is on its way

        Exchange.BreakStreams(ErrorReason.NotReady);

        await UntilAsked(2);
        page.WaitForAssertion(() => Assert.Contains("Not live", page.Markup, StringComparison.Ordinal));
        await DisposeComponentsAsync();
        Exchange.BreakStreams(ErrorReason.NotReady);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, Streams);
    }

    private int Streams => Exchange.Asked.Count(method => method == "WatchOverview");

    private async Task UntilAsked(int times) =>
        await Eventually.ResultAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(Streams);
            },
            count => count == times,
            $"{times} streams"
        );
}
