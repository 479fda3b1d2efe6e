using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Index.Tests;

public sealed class LocalIndexMemoryTests
{
    [Fact]
    public void Indicator_takes_at_most_16_bytes_from_100_000_to_a_million()
    {
        var (shards, index) = (new ShardMap(), new LocalIndex(new ShardMap(), TimeProvider.System));
        int[] sizes = [100_000, 103_000, 106_000, 150_000, 237_000, 500_000, 1_000_000];
        foreach (var size in sizes)
        {
            index.Set(shards, RandomTokens(size - (int)index.Count), summary: 1);

            Assert.Equal(size, index.Count);
            Assert.InRange((double)index.MemoryBytes / size, 12.8, 16.0);
        }
    }

    [Fact]
    public void Sweep_forgets_what_ended_and_gives_its_memory_back()
    {
        var (shards, index) = (new ShardMap(), new LocalIndex(new ShardMap(), TimeProvider.System));
        var ended = RandomTokens(50_000).ToList();
        var live = RandomTokens(150_000).ToList();
        index.Set(shards, ended, summary: 100);
        index.Set(shards, live, summary: 101);

        Assert.Equal(50_000, index.RemoveEnded(nowHours: 100));

        Assert.Equal(150_000, index.Count);
        Assert.InRange(index.MemoryBytes / 150_000.0, 12.8, 16.0);
        Assert.All(live, token => Assert.True(index.TryFind(token, out _)));
        Assert.All(ended, token => Assert.False(index.TryFind(token, out _)));
        Assert.Equal(0, index.RemoveEnded(nowHours: 100));
    }

    private static IEnumerable<Token> RandomTokens(int count)
    {
        var packed = TestTokens.RandomPacked(count);
        return Enumerable.Range(0, count).Select(i => new Token(packed.AsSpan(i * Token.Size, Token.Size)));
    }
}
