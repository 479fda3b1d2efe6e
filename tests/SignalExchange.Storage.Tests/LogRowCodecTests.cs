using CsCheck;
using SignalExchange.Contracts;

namespace SignalExchange.Storage.Tests;

public sealed class LogRowCodecTests
{
    // Two changes, drawn to the byte in LogRowCodec's remarks. Rows of every exchange look so: if this test has to
    // change, the version byte has to change too.
    private const string Golden =
        "01"
        + "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
        + "78563412"
        + "0300"
        + "c0ffee"
        + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        + "00000000"
        + "0000";

    private static readonly ShardChange[] GoldenChanges =
    [
        new(
            new([.. Enumerable.Range(0, Token.Size).Select(i => (byte)i)]),
            new(0x1234_5678),
            new byte[] { 0xC0, 0xFF, 0xEE }
        ),
        new(new([.. Enumerable.Repeat((byte)0xFF, Token.Size)]), IndicatorSummary.NothingLive, default),
    ];

    private static readonly Gen<ShardChange> GenChange = Gen.Select(
        Gen.Byte.Array[Token.Size],
        Gen.UInt,
        Gen.Byte.Array[0, 300],
        (token, summary, detail) => new ShardChange(new(token), new(summary), detail)
    );

    [Fact]
    public void Changes_are_the_golden_bytes() =>
        Assert.Equal(Golden, Convert.ToHexStringLower(LogRowCodec.Encode(GoldenChanges)));

    [Fact]
    public void Golden_bytes_are_the_changes() =>
        AssertSame(GoldenChanges, LogRowCodec.Decode(Convert.FromHexString(Golden)));

    [Fact]
    public void Changes_come_back_as_they_were() =>
        GenChange.Array[0, 20].Sample(changes => AssertSame(changes, LogRowCodec.Decode(LogRowCodec.Encode(changes))));

    [Fact]
    public void Longest_detail_comes_back()
    {
        var change = GoldenChanges[0] with { Detail = new byte[ushort.MaxValue] };

        AssertSame([change, change], LogRowCodec.Decode(LogRowCodec.Encode([change, change])));
    }

    [Fact]
    public void Longer_detail_is_refused_by_its_length()
    {
        var change = GoldenChanges[0] with { Detail = new byte[ushort.MaxValue + 1] };

        var exception = Assert.Throws<ArgumentException>(() => LogRowCodec.Encode([change]));

        Assert.Contains("65536", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("02")]
    public void Bytes_of_another_version_are_refused(string bytes) =>
        Assert.Throws<StorageFormatException>(() => LogRowCodec.Decode(Convert.FromHexString(bytes)));

    [Fact]
    public void Bytes_that_end_within_a_change_are_refused()
    {
        var bytes = Convert.FromHexString(Golden);
        var firstChangeEnds = bytes.Length - (Token.Size + 6);
        for (var length = 2; length < bytes.Length; length++)
        {
            if (length != firstChangeEnds)
            {
                Assert.Throws<StorageFormatException>(() => LogRowCodec.Decode(bytes.AsMemory(0, length)));
            }
        }
    }

    private static void AssertSame(IEnumerable<ShardChange> expected, IEnumerable<ShardChange> actual) =>
        Assert.Equal(expected.Select(Comparable), actual.Select(Comparable));

    private static (Token, IndicatorSummary, string) Comparable(ShardChange change) =>
        (change.Token, change.Summary, Convert.ToHexString(change.Detail.Span));
}
