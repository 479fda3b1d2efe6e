namespace SignalExchange.Storage.Tests;

public sealed class ShardPositionTests
{
    [Fact]
    public void Position_is_written_as_shard_and_sequence() =>
        Assert.Equal("17:1234567", new ShardPosition(new(17), 1_234_567).ToString());
}
