using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests.Search;

/// <summary>The index follows the log by itself, and whoever logged something can wait until it shows.</summary>
public sealed class SearchFollowerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_that_is_waited_for_is_found()
    {
        using var audit = new AuditUnderTest();
        await audit.Follower.StartAsync(Cancelled);
        for (var i = 0; i < 3; i++)
        {
            var index = audit.Log.Add(TestDetails.Noon, TestDetails.Check($"member-{i}"));
            await audit.Follower.WaitForAsync(index, Cancelled).WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

            Assert.Single((await audit.FindAsync(new() { MemberId = $"member-{i}" })).Entries);
        }

        await audit.Follower.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        using var audit = new AuditUnderTest();
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var waiting = audit.Follower.WaitForAsync(0, impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData(DetailState.Shredded, EntryDetailState.Shredded)]
    [InlineData(DetailState.Damaged, EntryDetailState.Damaged)]
    public async Task An_entry_without_a_detail_is_listed_and_read_as_such(DetailState state, EntryDetailState shown)
    {
        using var audit = new AuditUnderTest();
        var index = audit.Log.Add(TestDetails.Noon, null, state: state);
        await audit.CatchUpAsync();

        Assert.Equal(shown, Assert.Single((await audit.FindAsync()).Entries).State);
        var entry = (await audit.Search.GetAsync(new() { Index = (ulong)index }, Cancelled)).Value!;
        Assert.Equal((shown, null, audit.Log.Entries[0].Entry), (entry.State, entry.Detail, entry.Entry));
    }

    [Fact]
    public async Task An_entry_is_read_from_the_log_before_the_index_has_it()
    {
        using var audit = new AuditUnderTest();
        audit.Log.Add(TestDetails.Noon, TestDetails.Check());

        var entry = (await audit.Search.GetAsync(new() { Index = 0 }, Cancelled)).Value!;
        Assert.Equal(audit.Log.Entries[0].Detail, entry.Detail);
        Assert.Equal(
            new(ErrorReason.EntryNotFound, "index", 1, 1),
            (await audit.Search.GetAsync(new() { Index = 1 }, Cancelled)).Refusal
        );
    }
}
