using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Signals;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Tests.Signals;

public sealed class ItemBatchTests
{
    // Two shards: the first bit of a token says which.
    private static readonly Token[] Tokens = [Of(0, 1), Of(0, 2), Of(0x80, 1), Of(0, 3), Of(0x80, 2), Of(0, 1)];

    private readonly ConcurrentDictionary<int, ErrorReason> _failed = [];
    private readonly ConcurrentQueue<int> _done = [];

    [Fact]
    public async Task Each_item_that_throws_fails_with_its_own_reason_and_all_others_are_done()
    {
        await Run(place =>
            place switch
            {
                0 => throw new SiloUnavailableException("gone"),
                1 => throw new StorageUnavailableException(),
                2 => throw new InvalidOperationException("a fault of ours"),
                _ => Task.CompletedTask,
            }
        );

        Assert.Equal([3, 4, 5], _done.Order());
        Assert.Equal(
            [ErrorReason.WriteConflict, ErrorReason.StorageUnavailable, ErrorReason.Internal],
            _failed.OrderBy(it => it.Key).Select(it => it.Value)
        );
    }

    [Fact]
    public async Task A_shard_that_did_not_answer_once_is_not_asked_again_and_other_shards_are()
    {
        var asked = 0;
        await Run(place =>
        {
            if (Tokens[place] != Of(0x80, 1) && Tokens[place] != Of(0x80, 2))
            {
                asked++;
                throw new TimeoutException("no answer");
            }

            return Task.CompletedTask;
        });

        Assert.Equal(1, asked);
        Assert.Equal([2, 4], _done.Order());
        Assert.Equal([0, 1, 3, 5], _failed.Keys.Order());
        Assert.Single(_failed.Values, ErrorReason.WriteConflict);
        Assert.Equal(3, _failed.Values.Count(reason => reason == ErrorReason.NotReady));
    }

    private Task Run(Func<int, Task> act) =>
        new ItemBatch(
            new ShardMap(2),
            Options.Create(new SignalOptions { MaxParallelItems = 1 }),
            NullLogger<ItemBatch>.Instance
        ).Run(
            [.. Tokens.Select(token => (Token?)token)],
            async (place, _) =>
            {
                await act(place);
                _done.Enqueue(place);
            },
            (place, error) => Assert.True(_failed.TryAdd(place, error.Reason))
        );

    private static Token Of(byte first, byte last) => new([first, .. new byte[30], last]);
}
