using SignalExchange.Contracts;
using SignalExchange.Index.Tables;

namespace SignalExchange.Index.Tests.Tables;

public sealed class FingerprintKeyTests
{
    [Fact]
    public void Every_byte_of_a_token_counts()
    {
        var key = new FingerprintKey();
        var bytes = TestTokens.Random().ToArray();
        var fingerprint = key.Of(bytes);
        for (var i = 0; i < Token.Size; i++)
        {
            bytes[i] ^= 1;
            Assert.NotEqual(fingerprint, key.Of(bytes));
            bytes[i] ^= 1;
        }

        Assert.Equal(fingerprint, key.Of(bytes));
        Assert.Equal(fingerprint, key.Of(new Token(bytes)));
    }

    [Fact]
    public void Tokens_that_are_alike_spread_evenly()
    {
        var key = new FingerprintKey();
        var homes = new int[256];
        for (var i = 0UL; i < 25_600; i++)
        {
            homes[key.Of(TestTokens.Alike(i)).Value >> 56]++;
        }

        // 100 each on average; ten standard deviations to each side.
        Assert.All(homes, count => Assert.InRange(count, 1, 200));
    }

    [Fact]
    public void Another_process_has_another_key()
    {
        var token = TestTokens.Random();

        Assert.NotEqual(new FingerprintKey().Of(token), new FingerprintKey().Of(token));
    }

    [Theory]
    [InlineData(0UL, 0UL)]
    [InlineData(ulong.MaxValue - 1, ulong.MaxValue - 1)]
    [InlineData(ulong.MaxValue, ulong.MaxValue - 1)]
    public void Fingerprint_is_never_all_ones(ulong value, ulong expected) =>
        Assert.Equal(expected, new Fingerprint(value).Value);

    [Fact]
    public void Fingerprint_prints_none_of_its_bits() => Assert.Equal("Fingerprint", new Fingerprint(42).ToString());
}
