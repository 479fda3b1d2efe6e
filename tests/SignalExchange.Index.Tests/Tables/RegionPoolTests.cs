using System.Runtime.InteropServices;
using SignalExchange.Index.Tables;

namespace SignalExchange.Index.Tests.Tables;

public sealed class RegionPoolTests
{
    [Fact]
    public void Region_is_handed_on_to_the_next_of_its_size()
    {
        var pool = new RegionPool();
        var region = pool.Rent(200_000);
        Assert.Equal(256u * 1024, region.Bytes);
        Assert.Equal(0, region.Address % Region.PageBytes);

        pool.Return(region);

        Assert.NotSame(region, pool.Rent(100_000));
        Assert.Same(region, pool.Rent(150_000));
        Assert.NotSame(region, pool.Rent(150_000));
    }

    [Fact]
    public void Region_that_was_returned_has_given_its_pages_back_and_can_still_be_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere a region keeps its pages.");
        var pool = new RegionPool();
        var region = pool.Rent(Region.PageBytes);
        Marshal.WriteInt64(region.Address, 42);

        pool.Return(region);

        Assert.Equal(0, Marshal.ReadInt64(region.Address));
    }

    [Fact]
    public void Growing_table_takes_what_others_left()
    {
        var pool = new RegionPool();
        var tables = Enumerable.Range(0, 2).Select(_ => new ShardTable(new Lines[1], 0, pool)).ToList();
        for (var i = 0UL; i < 100_000; i++)
        {
            tables.ForEach(table => table.Set(new(i * 0x9E3779B97F4A7C15), 1));
        }

        // Of each size from 256 KiB to 2 MiB one for each table, and one to build into.
        Assert.InRange(pool.Count, 4, 12);
    }
}
