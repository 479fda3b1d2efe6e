using SignalExchange.Grains.Shards;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Tests.Shards;

public sealed class GroupRoomTests
{
    private const int ChangeBytes = 38; // What LogRowCodec adds to a detail.

    private static readonly ShardCommitLimits Limits = new(
        MaxChanges: 3,
        MaxStateBytes: 1000,
        MaxLogBytes: 1 + 2 * (ChangeBytes + 100),
        MaxCommitBytes: 1500
    );

    [Theory]
    [InlineData(3, 3)]
    [InlineData(2, 2)]
    [InlineData(98, 3)]
    public void No_more_changes_than_engine_and_settings_allow(int settings, int taken) =>
        Assert.Equal(taken, Taken(settings, stateBytes: 1, detailBytes: 1));

    [Theory]
    [InlineData(1000, 1)]
    [InlineData(1001, 0)]
    public void No_larger_state_than_the_engine_allows(int stateBytes, int taken) =>
        Assert.Equal(taken, Taken(1, stateBytes, detailBytes: 1));

    [Theory]
    [InlineData(100, 2)]
    [InlineData(101, 1)]
    public void No_longer_log_row_than_the_engine_allows(int detailBytes, int taken) =>
        Assert.Equal(taken, Taken(98, stateBytes: 1, detailBytes));

    [Theory]
    [InlineData(711, 2)]
    [InlineData(712, 1)]
    public void No_more_bytes_together_than_the_engine_allows(int stateBytes, int taken) =>
        Assert.Equal(taken, Taken(98, stateBytes, detailBytes: 0));

    private static int Taken(int settings, int stateBytes, int detailBytes)
    {
        var (room, taken) = (new GroupRoom(Limits, settings), 0);
        while (room.TryTake(Write(stateBytes, detailBytes)))
        {
            taken++;
        }

        return taken;
    }

    private static ShardWrite Write(int stateBytes, int detailBytes) =>
        new(new byte[32], 0, new byte[stateBytes], 0, new byte[detailBytes], SiloAddress.Zero);
}
