using SignalExchange.Silo.Load;

namespace SignalExchange.Silo.Tests.Load;

public sealed class HeldBytesTests
{
    private readonly HeldBytes _held = new(new("holds"), limit: 100);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_limit_is_held_and_one_byte_more_is_not()
    {
        Assert.True(_held.TryTake(60));
        Assert.False(_held.TryTake(41));
        Assert.True(_held.TryTake(40));
        Assert.Equal(100, _held.Held);
    }

    [Fact]
    public async Task Who_waits_for_room_gets_it_in_turn()
    {
        var first = await _held.Take(90, Ct);
        var large = _held.Take(50, Ct).AsTask();
        var small = _held.Take(10, Ct).AsTask(); // there is room, but somebody was first

        Assert.False(large.IsCompleted || small.IsCompleted);
        first.Dispose();
        using var a = await large;
        using var b = await small;
        first.Dispose(); // once is enough

        Assert.Equal(60, _held.Held);
    }

    [Fact]
    public async Task Who_goes_away_keeps_nobody_waiting()
    {
        using var first = await _held.Take(90, Ct);
        using var gone = new CancellationTokenSource();
        var large = _held.Take(50, gone.Token).AsTask();
        var small = _held.Take(10, Ct).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        (await small).Dispose();
        Assert.Equal(90, _held.Held);
    }

    [Fact]
    public async Task A_message_larger_than_all_there_is_takes_all_there_is()
    {
        using (await _held.Take(1_000, Ct))
        {
            Assert.Equal(100, _held.Held);
        }

        Assert.Equal(0, _held.Held);
    }
}
