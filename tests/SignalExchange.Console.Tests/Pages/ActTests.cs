using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.WebConsole.Calls;
using SignalExchange.WebConsole.Elements;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>What a page says of what was done on it.</summary>
public sealed class ActTests : PageContext
{
    [Fact]
    public async Task What_was_refused_stays_on_the_page_that_is_read_again()
    {
        var page = Render<Acting>().Instance;

        await page.Act(ErrorReason.MemberSuspended);

        Assert.Equal((ErrorReason.MemberSuspended, 1), (page.Says?.Reason, page.Loads));
    }

    [Fact]
    public async Task It_stays_when_the_reading_is_refused_too()
    {
        var page = Render<Acting>().Instance;
        page.FailsToLoad = true;

        await page.Act(ErrorReason.MemberSuspended);

        Assert.Equal(ErrorReason.MemberSuspended, page.Says?.Reason);
    }

    [Fact]
    public async Task The_next_act_that_is_done_takes_it_away()
    {
        var page = Render<Acting>().Instance;
        await page.Act(ErrorReason.MemberSuspended);

        await page.Act(ErrorReason.Unspecified);

        Assert.Equal((null, 2), (page.Says, page.Loads));
    }

    public sealed class Acting : ActPage
    {
        public int Loads { get; private set; }

        public bool FailsToLoad { get; set; }

        public Problem? Says => Problem;

        public Task Act(ErrorReason refusal) => InvokeAsync(() => Do("Done.", () => Answer(refusal)));

        protected override Task Load() =>
            Try(() =>
            {
                Loads++;
                return Answer(FailsToLoad ? ErrorReason.NotReady : ErrorReason.Unspecified);
            });

        private static Task<Approval?> Answer(ErrorReason refusal) =>
            refusal == ErrorReason.Unspecified
                ? Task.FromResult<Approval?>(null)
                : Task.FromException<Approval?>(new Refusal(refusal).ToRpcException());
    }
}
