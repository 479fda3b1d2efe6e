using SignalExchange.Contracts;
using SignalExchange.Grains.Placement;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Tests.Placement;

public class ShardOfGrainTests
{
    private static readonly ShardMap Shards = new(256);
    private static readonly GrainType Type = GrainType.Create("any");

    [Fact]
    public void A_shards_grain_is_of_its_number() =>
        Assert.Equal(
            new Shard(200),
            ShardOfGrain.Find(GrainId.Create(Type, GrainIdKeyExtensions.CreateIntegerKey(200)), Shards)
        );

    [Fact]
    public void An_indicators_grain_is_of_its_tokens_shard_even_where_the_token_reads_as_a_number()
    {
        var bytes = new byte[Token.Size];
        bytes[^2] = 0x27; // 10,000 and some, where there are 256 shards
        var token = new Token(bytes);

        Assert.Equal(
            Shards.ShardOf(token),
            ShardOfGrain.Find(GrainId.Create(Type, IdSpan.Create(token.ToKeyString())), Shards)
        );
    }
}
