using CsCheck;
using SignalExchange.Contracts;
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
    public async Task Storage_of_a_newer_version_is_refused()
    {
        await CommitAsync(Model(), 1);
        await Storage.MakeNewerAsync(Cancellation);

        await Assert.ThrowsAsync<StorageFormatException>(() => Storage.ReopenAsync(Cancellation));
    }

    [Fact]
    public async Task Snapshot_and_the_log_after_it_give_what_is_stored()
    {
        var model = Model();
        var snapshots = new List<Dictionary<Token, IndicatorRow>> { new() };
        for (var i = 0; i < 12; i++)
        {
            await CommitAsync(model, i % 5, 10 + i);
            snapshots.Add(new(model.Indicators));
        }

        await Storage.ReopenAsync(Cancellation);
        for (var i = 0; i < snapshots.Count; i++)
        {
            var head = i == 0 ? 0 : model.Log[i - 1].LastSequence;
            foreach (var row in await ShardAssert.ReadAsync(Store, model.Shard, head, Cancellation))
            {
                Play(row, snapshots[i]);
            }

            Assert.Equal(model.Indicators.Keys.ToHashSet(), snapshots[i].Keys.ToHashSet());
            foreach (var row in snapshots[i].Values)
            {
                ShardAssert.Same(row, await Store.ReadIndicatorAsync(row.Token, Cancellation));
            }
        }
    }

    [Fact]
    public Task Storage_holds_what_a_dictionary_would() =>
        GenStep.Array[1, 12].SampleAsync(RunAsync, iter: 30, threads: 1);

    // Each change's detail repeats the state that it made: see ShardModel.
    private static void Play(LogRow row, Dictionary<Token, IndicatorRow> states)
    {
        foreach (var (i, change) in row.Changes.Index())
        {
            states[change.Token] = new(change.Token, row.FirstSequence + i, change.Detail);
        }
    }

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
