using System.Buffers;
using CsCheck;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Tests.Tiles;

public sealed class BundleTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void The_framing_is_the_one_of_the_specification()
    {
        var entries = new ArrayBufferWriter<byte>();
        var details = new ArrayBufferWriter<byte>();

        EntryBundle.Write(entries, [1, 2, 3]);
        DetailBundle.Write(details, [1, 2, 3]);
        DetailBundle.Write(details, []);

        Assert.Equal("0003010203", Convert.ToHexString(entries.WrittenSpan));
        Assert.Equal("0000000301020300000000", Convert.ToHexString(details.WrittenSpan));
    }

    [Fact]
    public void Every_bundle_comes_back() =>
        Gen
            .Byte.Array[0, 40]
            .Array[0, 20]
            .Sample(written =>
            {
                var entries = new ArrayBufferWriter<byte>();
                var details = new ArrayBufferWriter<byte>();
                foreach (var it in written)
                {
                    EntryBundle.Write(entries, it);
                    DetailBundle.Write(details, it);
                }

                Assert.Equal(written, ReadEntries(entries.WrittenSpan, out var left));
                Assert.Equal(0, left);
                Assert.Equal(written, ReadDetails(details.WrittenSpan, out left));
                Assert.Equal(0, left);
            });

    [Fact]
    public void A_bundle_that_is_cut_off_leaves_something()
    {
        ReadEntries([0, 3, 1, 2, 3, 0, 2, 9], out var left);
        Assert.Equal(3, left);
        ReadDetails([0, 0, 0, 1, 9, 0, 0], out left);
        Assert.Equal(2, left);
        ReadDetails([0xff, 0xff, 0xff, 0xff, 1], out left);
        Assert.Equal(5, left);
    }

    [Fact]
    public void What_is_too_long_is_refused()
    {
        var destination = new ArrayBufferWriter<byte>();

        Assert.Throws<ArgumentException>(() => EntryBundle.Write(destination, new byte[65_536]));
        Assert.Throws<ArgumentException>(() => DetailBundle.Write(destination, new byte[(4 << 20) + 1]));
        Assert.Equal(0, destination.WrittenCount);
    }

    [Theory]
    [InlineData(TileKind.Entries, "tile/entries/")]
    [InlineData(TileKind.Details, "detail/")]
    public async Task Bundles_written_in_steps_are_those_written_at_once(TileKind kind, string folder)
    {
        var tiles = new MemoryTiles();
        var size = 0;
        foreach (var step in new[] { 0, 1, 254, 1, 1, 300 })
        {
            var writer = await BundleWriter.RestoreAsync(kind, tiles, size, Cancelled);
            tiles.Write(Append(writer, size, size + step).TakeChanges());
            size += step;
        }

        var once = Append(new BundleWriter(kind), 0, size).TakeChanges();

        Assert.Equal(["000", "001", "002.p/45"], once.Select(it => it.Path.ToString()[folder.Length..]));
        Assert.All(once, it => Assert.Equal(it.Bytes.ToArray(), tiles.Files[it.Path.ToString()]));
        Assert.Contains(folder + "000.p/255", tiles.Files.Keys);
    }

    [Fact]
    public void Only_bundles_that_changed_are_given_out()
    {
        var writer = Append(new BundleWriter(TileKind.Entries), 0, 3);

        Assert.Single(writer.TakeChanges());
        Assert.Empty(writer.TakeChanges());
    }

    private static BundleWriter Append(BundleWriter writer, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            writer.Append(BitConverter.GetBytes(i));
        }

        return writer;
    }

    private static List<byte[]> ReadEntries(ReadOnlySpan<byte> rest, out int left)
    {
        var read = new List<byte[]>();
        while (EntryBundle.TryRead(ref rest, out var entry))
        {
            read.Add(entry.ToArray());
        }

        left = rest.Length;
        return read;
    }

    private static List<byte[]> ReadDetails(ReadOnlySpan<byte> rest, out int left)
    {
        var read = new List<byte[]>();
        while (DetailBundle.TryRead(ref rest, out var detail))
        {
            read.Add(detail.ToArray());
        }

        left = rest.Length;
        return read;
    }
}
