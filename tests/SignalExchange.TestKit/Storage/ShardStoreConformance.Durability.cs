using CsCheck;
using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

public abstract partial class ShardStoreConformance
{
    private const int ModelShards = 4;

    // A commit: its shard, its indicators, how it ends.
    private static readonly Gen<(int Shard, int[] Numbers, CommitOutcome Outcome)> GenCommit = Gen.Select(
        Gen.Int[0, ModelShards - 1],
        Gen.Int[0, 9].HashSet[1, 5].Select(set => set.ToArray()),
        Gen.Frequency(
            (6, Gen.Const(CommitOutcome.Committed)),
            (1, Gen.Const(CommitOutcome.StaleHead)),
            (1, Gen.Const(CommitOutcome.StaleIndicator))
        )
    );

    // Commits that run at the same time, and whether the storage is reopened after them.
    private static readonly Gen<((int Shard, int[] Numbers, CommitOutcome Outcome)[] Commits, bool Reopen)> GenStep =
        Gen.Select(GenCommit.Array[1, 8], Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true))));

    [Fact]
    public async Task Everything_survives_a_reopening()
    {
        ShardModel[] models = [Model(0), Model(7)];
        foreach (var model in models)
        {
            await CommitAsync(model, 1, 2);
            await CommitAsync(model, 2);
        }

        await Storage.ReopenAsync(Cancellation);
        foreach (var model in models)
        {
            await AssertHoldsAsync(model);
            await CommitAsync(model, 1, 3);
            await AssertHoldsAsync(model);
        }
    }

    [Fact]
    public Task Storage_holds_what_a_dictionary_would() =>
        GenStep.Array[1, 12].SampleAsync(RunAsync, iter: 30, threads: 1);

    private async Task RunAsync(((int Shard, int[] Numbers, CommitOutcome Outcome)[] Commits, bool Reopen)[] steps)
    {
        await using var storage = await CreateAsync(Cancellation);
        ShardModel[] models =
        [
            .. Enumerable.Range(0, ModelShards).Select(shard => new ShardModel(storage.Shards.Shards, new(shard))),
        ];
        foreach (var (commits, reopen) in steps)
        {
            // At the same time on different shards; on one shard one after the other.
            await Task.WhenAll(
                commits
                    .GroupBy(commit => commit.Shard)
                    .Select(group => RunAsync(storage.Shards, models[group.Key], group))
            );
            if (reopen)
            {
                await storage.ReopenAsync(Cancellation);
            }
        }

        foreach (var model in models)
        {
            await ShardAssert.HoldsAsync(model, storage.Shards, Cancellation);
            await ShardAssert.ReplaysAsync(model.Shard, storage.Shards, Cancellation);
        }
    }

    private static async Task RunAsync(
        IShardStore store,
        ShardModel model,
        IEnumerable<(int Shard, int[] Numbers, CommitOutcome Outcome)> commits
    )
    {
        foreach (var (_, numbers, wanted) in commits)
        {
            // Nothing is stale on a shard that has nothing.
            var outcome = model.Head == 0 ? CommitOutcome.Committed : wanted;
            var commit = Stale(model.Next(numbers), outcome);
            Assert.Equal(outcome, await store.CommitAsync(commit, Cancellation));
            if (outcome == CommitOutcome.Committed)
            {
                model.Apply(commit);
            }
        }
    }

    private static ShardCommit Stale(ShardCommit commit, CommitOutcome outcome) =>
        outcome switch
        {
            CommitOutcome.StaleHead => AtHead(commit, commit.ExpectedHead - 1),
            CommitOutcome.StaleIndicator => WithLastOneStale(commit),
            _ => commit,
        };

    private static ShardCommit WithLastOneStale(ShardCommit commit)
    {
        var last = commit.Indicators[^1];
        var stale = last with { ExpectedVersion = last.ExpectedVersion == 0 ? 1 : 0 };
        return commit with { Indicators = [.. commit.Indicators.SkipLast(1), stale] };
    }
}
