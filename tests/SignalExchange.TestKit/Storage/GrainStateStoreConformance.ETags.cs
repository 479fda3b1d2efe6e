using System.Buffers.Binary;
using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

public abstract partial class GrainStateStoreConformance
{
    [Fact]
    public async Task Null_etag_does_not_overwrite()
    {
        var etag = await WriteAsync(Payload, null);

        await Assert.ThrowsAsync<StaleStateException>(() => WriteAsync(OtherPayload, null));

        await AssertHoldsAsync(etag, Payload);
    }

    [Fact]
    public async Task Etag_does_not_bring_a_state_into_being()
    {
        var etag = await WriteAsync(Payload, null, "other");

        await Assert.ThrowsAsync<StaleStateException>(() => WriteAsync(Payload, etag));

        Assert.Null(await ReadAsync());
    }

    [Fact]
    public async Task Stale_etag_does_not_write()
    {
        var stale = await WriteAsync(Payload, null);
        var etag = await WriteAsync(OtherPayload, stale);

        await Assert.ThrowsAsync<StaleStateException>(() => WriteAsync(Payload, stale));

        await AssertHoldsAsync(etag, OtherPayload);
    }

    [Fact]
    public async Task Stale_etag_does_not_clear()
    {
        var stale = await WriteAsync(Payload, null);
        var etag = await WriteAsync(OtherPayload, stale);

        await Assert.ThrowsAsync<StaleStateException>(() => ClearAsync(stale));
        await Assert.ThrowsAsync<StaleStateException>(() => ClearAsync(null));

        await AssertHoldsAsync(etag, OtherPayload);
    }

    [Fact]
    public async Task Cleared_state_is_gone_and_can_be_written_anew()
    {
        var old = await WriteAsync(Payload, null);
        await ClearAsync(old);
        Assert.Null(await ReadAsync());

        var etag = await WriteAsync(OtherPayload, null);

        Assert.NotEqual(old, etag);
        await Assert.ThrowsAsync<StaleStateException>(() => WriteAsync(Payload, old));
        await AssertHoldsAsync(etag, OtherPayload);
    }

    [Fact]
    public async Task Clearing_nothing_does_nothing_as_often_as_one_likes()
    {
        await ClearAsync(null);
        await ClearAsync(await WriteAsync(Payload, null));
        await ClearAsync(null);
        await ClearAsync(null);

        Assert.Null(await ReadAsync());
    }

    [Fact]
    public async Task Clearing_with_the_etag_of_a_state_that_is_gone_is_stale()
    {
        var etag = await WriteAsync(Payload, null);
        await ClearAsync(etag);

        await Assert.ThrowsAsync<StaleStateException>(() => ClearAsync(etag));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_many_writes_with_one_etag_exactly_one_wins(bool exists)
    {
        var etag = exists ? await WriteAsync(Payload, null) : null;

        var etags = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => TryWriteAsync([(byte)i], etag)));

        var winner = Assert.Single(etags, result => result is not null);
        await AssertHoldsAsync(winner!, [(byte)Array.IndexOf(etags, winner)]);
    }

    [Fact]
    public async Task Writers_that_read_again_when_stale_lose_no_update()
    {
        await WriteAsync(new byte[4], null);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => IncrementAsync(times: 5)));

        var row = await ReadAsync();
        Assert.Equal(40, BinaryPrimitives.ReadInt32LittleEndian(row!.Payload.Span));
    }

    [Fact]
    public async Task Parallel_writes_of_different_states_are_all_kept()
    {
        string[] grains = [.. Enumerable.Range(0, 40).Select(i => $"member/{i}")];

        var etags = await Task.WhenAll(
            grains.Select(
                async (grain, i) =>
                {
                    var first = await WriteAsync([(byte)i], null, grain: grain);
                    return await WriteAsync([(byte)i, 1], first, grain: grain);
                }
            )
        );

        for (var i = 0; i < grains.Length; i++)
        {
            await AssertHoldsAsync(etags[i], [(byte)i, 1], grain: grains[i]);
        }
    }

    [Fact]
    public async Task What_one_user_wrote_makes_the_others_etag_stale()
    {
        var rival = Storage.RivalGrainStates;
        var stale = await WriteAsync(Payload, null);
        var etag = await rival.WriteAsync(Name, Grain, OtherPayload, stale, Cancellation);

        await Assert.ThrowsAsync<StaleStateException>(() => WriteAsync(Payload, stale));
        await Assert.ThrowsAsync<StaleStateException>(() => ClearAsync(stale));
        await AssertHoldsAsync(etag, OtherPayload);

        await ClearAsync(etag);
        await Assert.ThrowsAsync<StaleStateException>(() => rival.WriteAsync(Name, Grain, Payload, etag, Cancellation));
        Assert.Null(await rival.ReadAsync(Name, Grain, Cancellation));
    }

    private async Task IncrementAsync(int times)
    {
        while (times > 0)
        {
            var row = await ReadAsync();
            var payload = row!.Payload.ToArray();
            BinaryPrimitives.WriteInt32LittleEndian(payload, BinaryPrimitives.ReadInt32LittleEndian(payload) + 1);
            if (await TryWriteAsync(payload, row.ETag) is not null)
            {
                times--;
            }
        }
    }

    private async Task<string?> TryWriteAsync(byte[] payload, string? etag)
    {
        try
        {
            return await WriteAsync(payload, etag);
        }
        catch (StaleStateException)
        {
            return null;
        }
    }
}
