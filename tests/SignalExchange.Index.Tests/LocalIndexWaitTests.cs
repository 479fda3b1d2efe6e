using Microsoft.Extensions.Time.Testing;
using SignalExchange.Storage;
using SignalExchange.TestKit;

namespace SignalExchange.Index.Tests;

public sealed class LocalIndexWaitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly LocalIndex _index;

    public LocalIndexWaitTests() => _index = TestRows.CreateIndex(time: _time);

    [Fact]
    public async Task Position_that_was_applied_needs_no_wait()
    {
        Assert.True(_index.Apply(TestRows.Row(1, 10, 20)));

        var waiting = WaitFor(2);

        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Wait_ends_when_the_position_is_applied_and_not_before()
    {
        var waiting = WaitFor(3).AsTask();
        Assert.True(_index.Apply(TestRows.Row(1, 10)));
        Assert.True(_index.Apply(TestRows.Row(2, 20)));
        Assert.False(waiting.IsCompleted);

        Assert.True(_index.Apply(TestRows.Row(3, 30)));

        Assert.True(await waiting);
    }

    [Fact]
    public async Task Changes_of_another_shard_end_no_wait()
    {
        var waiting = WaitFor(1).AsTask();
        var elsewhere = TestRows.Change(new([0xFF, .. new byte[31]]), 10);
        Assert.True(_index.Apply(new(new(1), 1, 0, [elsewhere])));

        _time.Advance(Limit);

        Assert.False(await waiting);
    }

    [Fact]
    public async Task Wait_ends_at_its_limit_though_changes_go_on()
    {
        var waiting = WaitFor(3).AsTask();
        _time.Advance(Limit / 2);
        Assert.True(_index.Apply(TestRows.Row(1, 10)));
        Assert.False(waiting.IsCompleted);

        // Advances until the second half's timer, which the waiter sets on its own thread, has come.
        await Eventually.TrueAsync(() => AdvanceAndSee(waiting), "the wait to end");

        Assert.False(await waiting);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Limit_of_zero_or_less_only_looks(int seconds)
    {
        var position = new ShardPosition(TestRows.First, 1);

        Assert.False(
            await _index.WaitForAsync(position, TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Wait_ends_when_the_caller_goes()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var waiting = _index.WaitForAsync(new(TestRows.First, 1), Limit, caller.Token).AsTask();

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task No_waiter_is_left_behind_however_commits_and_waits_fall()
    {
        var writer = Task.Run(
            () =>
            {
                for (var sequence = 1; sequence <= 20_000; sequence++)
                {
                    Assert.True(_index.Apply(TestRows.Row(sequence, TestTokens.Alike(1), 10)));
                }
            },
            TestContext.Current.CancellationToken
        );
        var waiters = Enumerable
            .Range(0, 4)
            .Select(_ =>
                Task.Run(
                    async () =>
                    {
                        for (var sequence = 1; sequence <= 20_000; sequence++)
                        {
                            Assert.True(await WaitFor(sequence)); // the clock stands still: only a commit can end it
                        }
                    },
                    TestContext.Current.CancellationToken
                )
            );

        await Task.WhenAll([writer, .. waiters])
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private bool AdvanceAndSee(Task waiting)
    {
        _time.Advance(Limit / 2);
        return waiting.IsCompleted;
    }

    private ValueTask<bool> WaitFor(long sequence) =>
        _index.WaitForAsync(new(TestRows.First, sequence), Limit, TestContext.Current.CancellationToken);
}
