using Microsoft.Extensions.Time.Testing;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Rotation;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Grains.Tests.Shards;

namespace SignalExchange.Grains.Tests.Rotation;

/// <summary>One worker at a time, and what an older one writes is refused.</summary>
public sealed class KeyRotationGrainTests
{
    private static readonly RotationProgress Order = new() { ToKeyId = "email/2/0000000000000002", Emergency = true };

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task While_one_works_nobody_else_does_and_after_half_a_minute_of_silence_another_takes_over()
    {
        await using var fixture = await ShardFixture.Start(clock: _clock);
        var rotation = fixture.Grains.GetGrain<IKeyRotationGrain>(Order.ToKeyId);
        Assert.Null(await rotation.Read());

        var first = (await rotation.Claim("one", Order))!;
        Assert.Equal(RotationPhase.Ordered, first.Progress.Phase);
        Assert.True(first.Progress.Emergency);
        Assert.Null(await rotation.Claim("two", Order));
        _clock.Advance(TimeSpan.FromSeconds(29));
        first.Progress.Rows = 5;
        Assert.True(await rotation.Save(first.Fence, first.Progress)); // Says that it still works.
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(await rotation.Claim("two", Order));

        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = (await rotation.Claim("two", Order))!;
        Assert.Equal(5UL, second.Progress.Rows);
        first.Progress.Rows = 6;
        Assert.False(await rotation.Save(first.Fence, first.Progress));
        Assert.Equal(5UL, (await rotation.Read())!.Rows);
    }

    [Fact]
    public async Task Who_begins_again_after_a_crash_of_its_own_has_another_fence()
    {
        await using var fixture = await ShardFixture.Start(clock: _clock);
        var rotation = fixture.Grains.GetGrain<IKeyRotationGrain>(Order.ToKeyId);

        var (first, second) = (await rotation.Claim("one", Order), await rotation.Claim("one", Order));

        Assert.True(second!.Fence > first!.Fence);
        Assert.False(await rotation.Save(first.Fence, first.Progress));
        Assert.True(await rotation.Save(second.Fence, second.Progress));
    }

    [Fact]
    public async Task A_batch_is_read_as_it_was_written_until_it_is_cleared()
    {
        await using var fixture = await ShardFixture.Start(clock: _clock);
        IRotationBatchGrain Batch() => fixture.Grains.GetGrain<IRotationBatchGrain>($"{Order.ToKeyId}/1/0");

        Assert.Empty(await Batch().Get());
        await Batch().Clear();
        await Batch().Put([1, 2, 3]);
        Assert.Equal([1, 2, 3], await Batch().Get());
        await Batch().Put([4]);
        Assert.Equal([4], await Batch().Get());
        await Batch().Clear();
        Assert.Empty(await Batch().Get());
    }
}
