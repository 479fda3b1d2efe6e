using SignalExchange.Index.Tables;

namespace SignalExchange.Index.Tests.Tables;

internal static class TestTables
{
    public static ShardTable Create() => new(new Lines[1], place: 0, new RegionPool());
}
