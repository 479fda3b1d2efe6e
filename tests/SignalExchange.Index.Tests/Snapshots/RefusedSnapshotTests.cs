using System.Buffers.Binary;
using SignalExchange.Contracts;
using SignalExchange.Index.Templates;
using SignalExchange.Index.Tests.Templates;
using SignalExchange.Storage;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Index.Tests.Snapshots;

/// <summary>Whatever is wrong with a snapshot, the index is made from the logs, and one line says why.</summary>
public sealed class RefusedSnapshotTests
{
    private const int Tokens = 20;

    private readonly MemorySnapshotStore _snapshots = new();

    [Fact]
    public async Task Every_byte_that_is_altered_is_noticed()
    {
        var store = await FillAsync(new InMemoryShardStore(TestRows.Shards));
        var sound = await WriteAsync(store);

        for (var at = 0; at < sound.Length; at++)
        {
            var altered = sound.ToArray();
            altered[at] ^= 0x10;
            await AssertRefusedAsync(store, altered, problem: null);
        }
    }

    [Fact]
    public async Task Every_end_in_the_middle_is_noticed()
    {
        var store = await FillAsync(new InMemoryShardStore(TestRows.Shards));
        var sound = await WriteAsync(store);

        for (var length = 0; length < sound.Length; length += 7)
        {
            await AssertRefusedAsync(store, sound[..length], "it ends in the middle");
        }
    }

    [Fact]
    public async Task A_newer_format_is_named()
    {
        var store = await FillAsync(new InMemoryShardStore(TestRows.Shards));
        var newer = await WriteAsync(store);
        BinaryPrimitives.WriteUInt32LittleEndian(newer.AsSpan(8), 4);

        await AssertRefusedAsync(store, newer, "it has format 4, and this version reads format 3");
    }

    [Fact]
    public async Task Another_kind_of_file_is_named() =>
        await AssertRefusedAsync(
            await FillAsync(new InMemoryShardStore(TestRows.Shards)),
            new byte[1_000],
            "it is no snapshot of an index"
        );

    [Fact]
    public async Task Another_master_key_does_not_open_it()
    {
        var store = await FillAsync(new InMemoryShardStore(TestRows.Shards));
        var snapshot = await WriteAsync(store);

        await AssertRefusedAsync(store, snapshot, "sealed under another master key", key: [1, .. new byte[31]]);
    }

    [Fact]
    public async Task A_storage_that_was_restored_from_before_the_snapshot_is_noticed()
    {
        var snapshot = await WriteAsync(await FillAsync(new InMemoryShardStore(TestRows.Shards)));
        var restored = await FillAsync(new InMemoryShardStore(TestRows.Shards), count: Tokens - 1);

        await AssertRefusedAsync(restored, snapshot, "the storage does not hold what it is true of");
    }

    [Fact]
    public async Task A_storage_that_went_on_otherwise_after_it_was_restored_is_noticed()
    {
        var snapshot = await WriteAsync(await FillAsync(new InMemoryShardStore(TestRows.Shards)));
        var other = await FillAsync(new InMemoryShardStore(TestRows.Shards), Tokens + 5, commitId: 7);

        await AssertRefusedAsync(other, snapshot, "the storage does not hold what it is true of");
    }

    [Fact]
    public async Task A_storage_of_other_shards_is_noticed()
    {
        var snapshot = await WriteAsync(await FillAsync(new InMemoryShardStore(TestRows.Shards)));
        var other = await FillAsync(new InMemoryShardStore(new ShardMap(4)));

        await AssertRefusedAsync(other, snapshot, "it has 2 shards, and the storage 4");
    }

    [Theory]
    [InlineData(64, 16, 32, 16, "it was written with MaxTemplatesPerBand 64, which is 32 now")]
    [InlineData(64, 16, 64, 8, "it was written with MaxTemplatesPerBandOfMember 16, which is 8 now")]
    [InlineData(16, 32, 16, 8, "it was written with MaxTemplatesPerBandOfMember 16, which is 8 now")]
    public async Task Other_limits_of_a_band_are_named(int all, int own, int allNow, int ownNow, string problem)
    {
        var store = await FillAsync(new InMemoryShardStore(TestRows.Shards));
        var snapshot = await WriteAsync(store, Limited(all, own));

        await AssertRefusedAsync(store, snapshot, problem, configure: Limited(allNow, ownNow));
    }

    [Fact]
    public async Task A_limit_of_a_member_above_that_of_a_band_says_nothing_and_is_no_other_limit()
    {
        var store = await FillAsync(new InMemoryShardStore(TestRows.Shards));
        _snapshots.Content = await WriteAsync(store, Limited(all: 16, own: 32));

        await using var harness = new IndexHarness(store, _snapshots, configure: Limited(all: 16, own: 64));
        await harness.StartLifecycleAsync(TestContext.Current.CancellationToken);

        Assert.Contains(harness.Logs.Lines, line => line.Contains("has taken up a snapshot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_file_tells_no_token_of_a_template()
    {
        var store = await FillAsync(new InMemoryShardStore(TestRows.Shards));
        var token = TestTokens.Random();
        var change = new ShardChange(token, new(9_000_000), TestAds.DetailOf(TestAds.ChangeOf(TestAds.Random())));
        await store.AppendAsync(store.Shards.ShardOf(token), change);

        var snapshot = await WriteAsync(store);

        Assert.Equal(-1, snapshot.AsSpan().IndexOf(token.ToArray().AsSpan(0, 8)));
    }

    private static Action<TemplateOptions> Limited(int all, int own) =>
        options => (options.MaxTemplatesPerBand, options.MaxTemplatesPerBandOfMember) = (all, own);

    private async Task<byte[]> WriteAsync(IShardStore store, Action<TemplateOptions>? configure = null)
    {
        await using var harness = await new IndexHarness(store, _snapshots, configure: configure).StartAsync();
        await harness.StopAsync();
        return _snapshots.Content!;
    }

    private async Task AssertRefusedAsync(
        IShardStore store,
        byte[] snapshot,
        string? problem,
        byte[]? key = null,
        Action<TemplateOptions>? configure = null
    )
    {
        _snapshots.Content = snapshot;
        await using var harness = new IndexHarness(store, _snapshots, key, configure);
        await harness.StartLifecycleAsync(TestContext.Current.CancellationToken);

        var line = Assert.Single(
            harness.Logs.Lines,
            line => line.StartsWith("Index does not take up the snapshot", StringComparison.Ordinal)
        );
        Assert.Contains(problem ?? "", line, StringComparison.Ordinal);
        Assert.True(harness.Startup.IsReady);
        Assert.Equal(store.Shards.All.Sum(shard => harness.Index.AppliedSequence(shard)), harness.Index.Count);
        Assert.InRange(harness.Index.Count, Tokens - 1, Tokens + 5);
        Assert.Equal(0, harness.Get<TemplateIndex>().Count);
    }

    // Tokens in every shard, the same each time.
    private static async Task<IShardStore> FillAsync(InMemoryShardStore store, int count = Tokens, int commitId = 1)
    {
        for (var number = 0; number < count; number++)
        {
            var token = new Token([(byte)(number * 67), .. new byte[30], (byte)number]);
            var shard = store.Shards.ShardOf(token);
            var head = await store.ReadHeadAsync(shard, TestContext.Current.CancellationToken);
            var row = new LogRow(
                shard,
                head + 1,
                (UInt128)(commitId * 1_000 + number),
                [TestRows.Change(token, 9_000_000)]
            );
            await store.CommitAsync(new(head, row, []), TestContext.Current.CancellationToken);
        }

        return store;
    }
}
