using System.Security.Cryptography;
using SignalExchange.Index.Tables;

namespace SignalExchange.Index.Tests.Tables;

public sealed class ShardTableMemoryTests
{
    private const double MostBytes = 16.0;

    [Fact]
    public void Growing_table_never_takes_more_than_16_bytes_an_entry()
    {
        var table = TestTables.Create();
        var most = 0.0;
        foreach (var fingerprint in RandomFingerprints(200_000))
        {
            table.Set(fingerprint, 1);
            most = table.Current.Entries >= 1_000 ? Math.Max(most, BytesAnEntry(table)) : 0;
        }

        Assert.InRange(most, 12.8, MostBytes);
    }

    [Fact]
    public void Shrinking_table_never_takes_more_than_16_bytes_an_entry()
    {
        var table = TestTables.Create();
        var fingerprints = RandomFingerprints(100_000).ToList();
        fingerprints.ForEach(fingerprint => table.Set(fingerprint, 1));

        foreach (var fingerprint in fingerprints.Skip(2_000))
        {
            table.Set(fingerprint, 0);
            Assert.InRange(BytesAnEntry(table), 12.8, MostBytes);
        }
    }

    [Fact]
    public void Table_in_which_entries_come_and_go_never_takes_more_than_16_bytes_an_entry()
    {
        var table = TestTables.Create();
        var fingerprints = RandomFingerprints(100_000).ToList();
        fingerprints.Take(10_000).ToList().ForEach(fingerprint => table.Set(fingerprint, 1));

        foreach (var (old, fresh) in fingerprints.Zip(fingerprints.Skip(10_000)))
        {
            table.Set(old, 0);
            table.Set(fresh, 1);
            Assert.InRange(BytesAnEntry(table), 12.8, MostBytes);
        }

        Assert.Equal(10_000, table.Current.Entries);
    }

    [Fact]
    public void Bytes_are_those_that_the_runtime_allocates()
    {
        var pool = new RegionPool();
        new Lines(homes: 4, spare: 2, pool).Release(); // what is allocated once

        var before = GC.GetAllocatedBytesForCurrentThread();
        var lines = new Lines(homes: 1_000, spare: 12, pool);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(lines.Bytes - allocated, 0, 64);
    }

    private static double BytesAnEntry(ShardTable table) => (double)table.Current.Bytes / table.Current.Entries;

    private static IEnumerable<Fingerprint> RandomFingerprints(int count)
    {
        var random = RandomNumberGenerator.GetBytes(count * sizeof(ulong));
        return Enumerable
            .Range(0, count)
            .Select(i => new Fingerprint(BitConverter.ToUInt64(random, i * sizeof(ulong))));
    }
}
