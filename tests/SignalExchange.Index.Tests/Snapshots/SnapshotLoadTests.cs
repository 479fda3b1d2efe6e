using CsCheck;
using SignalExchange.Contracts;
using SignalExchange.Index.Tables;
using SignalExchange.Index.Tests.Tables;
using SignalExchange.Storage;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Index.Tests.Snapshots;

/// <summary>What is written while the index is in use, and what reading it takes.</summary>
[Collection(ProcessWide.Name)]
public sealed class SnapshotLoadTests
{
    [Fact]
    public void A_table_that_was_written_down_is_the_same_when_it_is_filled_again() =>
        Gen.Select(
                Gen.OneOf(Gen.ULong, Gen.ULong[0, 60], Gen.ULong[ulong.MaxValue - 60, ulong.MaxValue]),
                Gen.UInt[0, 3]
            )
            .Array[0, 500]
            .Sample(changes =>
            {
                var table = TestTables.Create();
                foreach (var (fingerprint, summary) in changes)
                {
                    table.Set(new(fingerprint), summary);
                }

                var again = Refill(table.Current);

                Assert.All(changes, it => Assert.Equal(table.Find(new(it.Item1)), again.Find(new(it.Item1))));
                Assert.Equal(table.Current.Entries, again.Current.Entries);
                again.Set(new(1UL << 62), 5); // and it is written to as any other
                Assert.Equal(5u, again.Find(new(1UL << 62)));
            });

    [Fact]
    public void Entries_that_are_not_in_order_are_refused()
    {
        var packed = new byte[3 * PackedEntry.Size];
        PackedEntry.Write(packed, 5, 1);
        PackedEntry.Write(packed.AsSpan(12), 5, 1);

        Assert.Throws<FormatException>(() => new TableBuilder(2, new RegionPool()).Append(packed.AsSpan(0, 24)));
        Assert.Throws<FormatException>(() => new TableBuilder(1, new RegionPool()).Append(packed.AsSpan(24)));
        Assert.Throws<FormatException>(() => new TableBuilder(1, new RegionPool()).Finish());
    }

    [Fact]
    public async Task Changes_while_a_snapshot_is_written_are_in_it_or_are_read_from_the_log()
    {
        var (store, snapshots) = (new InMemoryShardStore(new ShardMap(16)), new MemorySnapshotStore());
        var tokens = new List<Token>();
        await using (var harness = await new IndexHarness(store, snapshots).StartAsync())
        {
            var isDone = false;
            var writing = Task.Run(
                async () =>
                {
                    while (!Volatile.Read(ref isDone))
                    {
                        await harness
                            .Get<Index.Snapshots.IndexSnapshots>()
                            .WriteAsync(TestContext.Current.CancellationToken);
                    }
                },
                TestContext.Current.CancellationToken
            );
            while (tokens.Count < 3_000 || snapshots.Writes < 3)
            {
                tokens.Add(TestTokens.Random());
                var (shard, change) = (store.Shards.ShardOf(tokens[^1]), TestRows.Change(tokens[^1], 9_000_000));
                harness.Feed.OnCommitted(await store.AppendAsync(shard, change));
            }

            Volatile.Write(ref isDone, true);
            await writing;
        }

        await using var next = await new IndexHarness(store, snapshots).StartAsync();

        Assert.Contains(next.Logs.Lines, line => line.Contains("has taken up", StringComparison.Ordinal));
        Assert.Equal(tokens.Count, next.Index.Count);
        Assert.All(tokens, token => Assert.True(next.Index.TryFind(token, out _)));
    }

    [Fact]
    public async Task Loading_takes_memory_for_the_index_and_for_some_pieces()
    {
        const int Count = 1_000_000;
        var (store, snapshots) = (new InMemoryShardStore(new ShardMap(16)), new MemorySnapshotStore());
        await using (var harness = new IndexHarness(store, snapshots))
        {
            await harness.StartLifecycleAsync(TestContext.Current.CancellationToken);
            harness.Index.Set(store.Shards, Enumerable.Range(0, Count).Select(_ => TestTokens.Random()), 9_000_000);
            foreach (var shard in store.Shards.All)
            {
                // The log as far as it is looked at: the row at the mark.
                var changes = new ShardChange[harness.Index.AppliedSequence(shard)];
                await store.CommitAsync(new(0, new(shard, 1, 0, changes), []), TestContext.Current.CancellationToken);
            }

            await harness.StopAsync();
        }

        await using var next = new IndexHarness(store, snapshots);
        _ = next.Index;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await next.StartLifecycleAsync(TestContext.Current.CancellationToken);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(Count, next.Index.Count);
        Assert.InRange(snapshots.Content!.Length, Count * PackedEntry.Size, (Count * PackedEntry.Size) + 100_000);
        Assert.InRange(next.Index.MemoryBytes, 0, Count * 16L);
        Assert.InRange(allocated, 0, snapshots.Content.Length);
    }

    private static ShardTable Refill(Lines lines)
    {
        var packed = new byte[lines.Entries * PackedEntry.Size];
        lines.Pack(packed);
        var builder = new TableBuilder(lines.Entries, new RegionPool());
        var half = lines.Entries / 2 * PackedEntry.Size;
        builder.Append(packed.AsSpan(0, half));
        builder.Append(packed.AsSpan(half));
        var table = TestTables.Create();
        table.Take(builder.Finish());
        return table;
    }
}
