using CsCheck;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Azure.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.AccessLog;

public sealed class JournalFrameCodecTests
{
    private static readonly JournalPlace Place = new(3, 4096);

    // Drawn by hand: who changes it changes the format of what is stored.
    private const string Golden =
        "00000074" // length
        + "01" // kind
        + "000102030405060708090A0B0C0D0E0F" // id
        + "0000000000000002" // epoch
        + "0000000000000003" // first
        + "0000000000000008" // size
        + "0000000000000005" // published
        + "01" // resources
        + "0A636865636B706F696E74" // "checkpoint"
        + "00000002ABCD"
        + "00000001" // records
        + "00026162" // an entry
        + "0000000101"; // its detail

    [Fact]
    public void Frame_is_drawn_to_the_byte_and_read_back()
    {
        var frame = JournalFrame.Of(new(2, new(3, 8, 5)), [new("ab"u8.ToArray(), new byte[] { 1 })]) with
        {
            Id = new(0x0001020304050607, 0x08090A0B0C0D0E0F),
            Resources = new Dictionary<string, ReadOnlyMemory<byte>> { ["checkpoint"] = new byte[] { 0xAB, 0xCD } },
        };

        var bytes = JournalFrameCodec.Encode(frame, Place);

        Assert.Equal(Golden, Convert.ToHexString(bytes[..^32]));
        Assert.Equal(bytes.Length, JournalFrameCodec.Measure(bytes));
        var read = JournalFrameCodec.TryDecode(bytes, Place)!;
        Assert.Equal((frame.Id, frame.State, frame.IsLast, 7), (read.Id, read.State, read.IsLast, read.First));
        Assert.Equal([0xAB, 0xCD], read.Resources["checkpoint"].ToArray());
        Assert.Equal("ab"u8.ToArray(), TailRowCodec.Read(read.Records, read.Count)[0].Entry.ToArray());
    }

    [Fact]
    public void Frame_that_lies_elsewhere_or_has_another_bit_is_none() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 100_000], Gen.Int[0, 7])
            .Sample(
                (count, at, bit) =>
                {
                    var frame = JournalFrame.Of(new(1, new(0, count, 0)), AccessLogRecords.From(0, count));
                    var bytes = JournalFrameCodec.Encode(frame, Place);
                    Assert.NotNull(JournalFrameCodec.TryDecode(bytes, Place));
                    Assert.Null(JournalFrameCodec.TryDecode(bytes, Place with { Offset = Place.Offset + 1 }));
                    Assert.Null(JournalFrameCodec.TryDecode(bytes, Place with { Segment = Place.Segment + 1 }));

                    bytes[at % bytes.Length] ^= (byte)(1 << bit);
                    Assert.Null(JournalFrameCodec.TryDecode(bytes, Place));
                },
                iter: 500
            );

    [Fact]
    public void Too_few_bytes_say_nothing() => Assert.Null(JournalFrameCodec.Measure(new byte[3]));
}
