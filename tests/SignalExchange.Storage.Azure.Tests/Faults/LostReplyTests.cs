using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.Faults;

public sealed class LostReplyTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AzureStorageUnderTest _storage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _storage = await AzureStorageUnderTest.OpenAsync(azurite.Azurite);

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Commit_whose_reply_is_lost_is_found_in_the_log(int commitsBefore)
    {
        var model = await ModelAsync(commitsBefore);
        var store = await _storage.OpenStoreAsync(Fault.LosingOneReply());

        await model.CommitAsync(store, model.Next(1, 2), Cancellation);
        await model.CommitAsync(store, model.Next(1, 3), Cancellation);

        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
    }

    [Fact]
    public async Task Commit_whose_reply_is_lost_is_found_after_others_have_followed()
    {
        var model = await ModelAsync(commits: 1);
        var mine = model.Next(1);
        var store = await _storage.OpenStoreAsync(
            Fault.LosingOneReply(async () =>
            {
                model.Apply(mine);
                await model.CommitAsync(_storage.Rival, model.Next(1, 2, 3), Cancellation);
            })
        );

        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(mine, Cancellation));

        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Commit_that_never_arrived_wrote_nothing_and_cannot_arrive_later(int commitsBefore)
    {
        var model = await ModelAsync(commitsBefore);
        KeptRequest? late = null;
        var store = await _storage.OpenStoreAsync(
            Fault.OfTransactions(
                async (message, send) =>
                {
                    if (late is null)
                    {
                        late = await KeptRequest.OfAsync(message.Request);
                        throw Fault.Lost();
                    }

                    await send();
                }
            )
        );
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.CommitAsync(model.Next(1), Cancellation));
        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);

        Assert.Contains(
            commitsBefore == 0 ? "409 Conflict" : "412 Precondition",
            await late!.SendAsync(),
            StringComparison.Ordinal
        );

        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
        await model.CommitAsync(store, model.Next(1), Cancellation);
        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
    }

    [Fact]
    public async Task Commit_whose_place_another_took_is_stale()
    {
        var model = await ModelAsync(commits: 1);
        var mine = model.Next(1);
        var store = await _storage.OpenStoreAsync(
            Fault.OfTransactions(
                async (_, _) =>
                {
                    await model.CommitAsync(_storage.Rival, model.Next(2), Cancellation);
                    throw Fault.Lost();
                }
            )
        );

        Assert.Equal(CommitOutcome.StaleHead, await store.CommitAsync(mine, Cancellation));

        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_is_unknown_when_the_service_cannot_be_asked_and_known_when_it_can(bool arrives)
    {
        var model = await ModelAsync(commits: 1);
        var (mine, isCut) = (model.Next(1, 2), false);
        var store = await _storage.OpenStoreAsync(
            new Fault(
                async (message, send) =>
                {
                    var isTransaction = Fault.IsTransaction(message);
                    if (isTransaction && arrives)
                    {
                        await send();
                    }

                    isCut |= isTransaction;
                    await (isCut ? throw Fault.Lost() : send());
                }
            )
        );

        await Assert.ThrowsAsync<CommitUnknownException>(() => store.CommitAsync(mine, Cancellation));

        // What ShardGrain does then: the row behind the expected head tells.
        var rows = await ShardAssert.ReadAsync(_storage.Rival, model.Shard, mine.ExpectedHead, Cancellation);
        Assert.Equal(arrives, rows is [var row] && row.CommitId == mine.Row.CommitId);
        if (arrives)
        {
            model.Apply(mine);
        }

        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
    }

    [Fact]
    public async Task Write_of_a_state_whose_reply_is_lost_is_recognised_by_its_id()
    {
        var (first, isLost) = (await WriteAsync(_storage.Store, [1], null), false);
        var fault = Fault.OfWrites(
            async (_, send) =>
            {
                await send();
                if (!isLost)
                {
                    isLost = true;
                    throw Fault.Lost();
                }
            }
        );
        var store = await _storage.OpenStoreAsync(fault);
        fault.IsOn = true;

        var second = await WriteAsync(store, [2], first);

        Assert.Equal(second, (await _storage.GrainStates.ReadAsync("s", "g", Cancellation))?.ETag);
        await WriteAsync(store, [3], second);
    }

    [Fact]
    public async Task Write_of_a_state_that_never_arrived_is_unknown()
    {
        var fault = Fault.OfWrites((_, _) => throw Fault.Lost());
        var store = await _storage.OpenStoreAsync(fault);
        fault.IsOn = true;

        await Assert.ThrowsAsync<CommitUnknownException>(() => WriteAsync(store, [1], null));
        await Assert.ThrowsAsync<CommitUnknownException>(() => store.ClearAsync("s", "g", "W/\"0\"", Cancellation));
    }

    private static Task<string> WriteAsync(AzureExchangeStore store, byte[] payload, string? etag) =>
        store.WriteAsync("s", "g", payload, etag, Cancellation);

    private async Task<ShardModel> ModelAsync(int commits)
    {
        var model = new ShardModel(_storage.Shards.Shards, new(3));
        for (var i = 0; i < commits; i++)
        {
            await model.CommitAsync(_storage.Shards, model.Next(1, 2), Cancellation);
        }

        return model;
    }
}
