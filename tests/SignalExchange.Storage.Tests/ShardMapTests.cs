using System.Buffers.Binary;
using CsCheck;
using SignalExchange.Contracts;

namespace SignalExchange.Storage.Tests;

public sealed class ShardMapTests
{
    private static readonly Gen<int> GenCount = Gen.Int[1, 12].Select(bits => 1 << bits);

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(255)]
    [InlineData(8192)]
    public void Other_counts_than_powers_of_two_from_2_to_4096_are_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShardMap(count));

    [Fact]
    public void Unless_stated_otherwise_there_are_256() => Assert.Equal(256, new ShardMap().Count);

    [Theory]
    [InlineData(256, 0x00FF_FFFF_FFFF_FFFF, 0)]
    [InlineData(256, 0x0100_0000_0000_0000, 1)]
    [InlineData(256, 0x7FFF_FFFF_FFFF_FFFF, 127)]
    [InlineData(256, 0xFF00_0000_0000_0000, 255)]
    [InlineData(2, 0x7FFF_FFFF_FFFF_FFFF, 0)]
    [InlineData(2, 0x8000_0000_0000_0000, 1)]
    [InlineData(4096, 0xABCF_FFFF_FFFF_FFFF, 0xABC)]
    public void Top_bits_say_the_shard(int count, ulong prefix, int shard) =>
        Assert.Equal(new Shard(shard), new ShardMap(count).ShardOf(prefix));

    [Fact]
    public void Token_belongs_where_its_first_bytes_do()
    {
        var bytes = new byte[Token.Size];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, 0xABCD);

        Assert.Equal(new Shard(0xAB), new ShardMap(256).ShardOf(new Token(bytes)));
    }

    [Fact]
    public void Every_token_has_a_shard_of_the_map_and_shards_are_in_the_order_of_tokens() =>
        Gen.Select(GenCount, Gen.ULong, Gen.ULong)
            .Sample(
                (count, a, b) =>
                {
                    var map = new ShardMap(count);
                    var (lower, upper) = (map.ShardOf(Math.Min(a, b)), map.ShardOf(Math.Max(a, b)));
                    return map.Contains(lower) && map.Contains(upper) && lower.Number <= upper.Number;
                }
            );

    [Fact]
    public void All_shards_are_those_that_it_contains() =>
        GenCount.Sample(count =>
        {
            var map = new ShardMap(count);
            Assert.Equal(Enumerable.Range(0, count), map.All.Select(shard => shard.Number));
            Assert.All(map.All, shard => Assert.True(map.Contains(shard)));
            Assert.False(map.Contains(new(-1)));
            Assert.False(map.Contains(new(count)));
        });
}
