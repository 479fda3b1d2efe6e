using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Shards;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Storage;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Benchmarks.Exchanges;

/// <summary>Puts indicators into a new exchange by its storage port, as its shards would after so many submissions.</summary>
/// <remarks>To be done before the first submission: a shard that has begun to write owns its head.</remarks>
internal static class StoreFiller
{
    private const int ChangesInRow = 200;
    private const int CommitsAtOnce = 64;
    private const int SealedElementBytes = 76;

    /// <summary>Stores the first so many of <see cref="KnownTokens"/>, and tells the index.</summary>
    public static Task Fill(IServiceProvider services, int count, string keyId)
    {
        var indicator = NewIndicator(keyId);
        return Fill(
            services,
            count,
            indicator.State,
            number => new(KnownTokens.At(number), new(indicator.Summary), indicator.Detail)
        );
    }

    /// <summary>Stores new indicators, and tells the index.</summary>
    /// <param name="services">The exchange's.</param>
    /// <param name="count">How many.</param>
    /// <param name="state">The state of each.</param>
    /// <param name="changeAt">What the log says of each, by its number.</param>
    public static async Task Fill(IServiceProvider services, int count, byte[] state, Func<int, ShardChange> changeAt)
    {
        var store = services.GetRequiredService<IShardStore>();
        ICommitObserver[] observers = [.. services.GetServices<ICommitObserver>()];
        var waiting = store.Shards.All.Select(_ => new List<ShardChange>()).ToArray();
        var heads = new long[waiting.Length];
        using var places = new SemaphoreSlim(CommitsAtOnce);
        for (var number = 0; number < count; number++)
        {
            var change = changeAt(number);
            var shard = store.Shards.ShardOf(change.Token);
            waiting[shard.Number].Add(change);
            if (waiting[shard.Number].Count == ChangesInRow)
            {
                await places.WaitAsync();
                _ = Commit(shard);
            }
        }

        foreach (var shard in store.Shards.All.Where(shard => waiting[shard.Number].Count > 0))
        {
            await places.WaitAsync();
            _ = Commit(shard);
        }

        for (var i = 0; i < CommitsAtOnce; i++)
        {
            await places.WaitAsync();
        }

        async Task Commit(Shard shard)
        {
            var commit = NewCommit(shard, heads[shard.Number], [.. waiting[shard.Number]], state);
            heads[shard.Number] = commit.Row.LastSequence;
            waiting[shard.Number].Clear();
            if (await store.CommitAsync(commit, CancellationToken.None) != CommitOutcome.Committed)
            {
                Environment.FailFast($"Shard {shard} was written by somebody else.");
            }

            Array.ForEach(observers, observer => observer.OnCommitted(commit.Row));
            places.Release();
        }
    }

    private static ShardCommit NewCommit(Shard shard, long head, ShardChange[] changes, byte[] state)
    {
        var writes = changes.Select((change, i) => new IndicatorWrite(change.Token, 0, head + 1 + i, state));
        return new(head, new LogRow(shard, head + 1, CommitId: 0, changes), [.. writes]);
    }

    /// <summary>Makes what all of them are written as: what matters is its size, and that a check can read it.</summary>
    public static ShardWrite NewIndicator(string keyId)
    {
        var now = TimeProvider.System.GetUtcNow();
        var command = new SubmitCommand(
            new Caller(BenchMember.Id, FrozenSet<string>.Empty),
            RandomNumberGenerator.GetBytes(SubmissionId.Size),
            IndicatorType.PhoneE164,
            keyId,
            RandomNumberGenerator.GetBytes(SealedElementBytes),
            Statements.Valid(now)
        );
        var step = IndicatorLedger.Submit(new IndicatorState(), version: 0, command, now);
        return ShardWrite.Of(KnownTokens.At(0), expectedVersion: 0, step.Next!, now, SiloAddress.Zero);
    }
}
