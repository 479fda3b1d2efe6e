using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.KeyService;
using SignalExchange.Silo.Templates;

namespace SignalExchange.Silo.Tests.Templates;

public sealed class TemplateNamesTests
{
    private readonly TemplateNames _names = new(new FixedSecrets(1));

    [Fact]
    public void A_name_gives_its_token_back_and_says_nothing_of_it()
    {
        for (var i = 0; i < 200; i++)
        {
            var token = new Token(RandomNumberGenerator.GetBytes(Token.Size));
            var name = _names.NameOf(token);

            Assert.Equal(token, _names.TokenOf(name));
            Assert.NotEqual(token.ToKeyString(), name.ToString());
        }
    }

    [Fact]
    public void One_bit_of_a_token_changes_both_halves_of_its_name()
    {
        var bytes = new byte[Token.Size];
        var name = _names.NameOf(new Token(bytes)).ToString();
        for (var bit = 0; bit < Token.Size * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var other = _names.NameOf(new Token(bytes)).ToString();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.NotEqual(name[..32], other[..32]);
            Assert.NotEqual(name[32..], other[32..]);
        }
    }

    [Fact]
    public void Another_exchange_has_other_names()
    {
        var token = new Token(new byte[Token.Size]);

        Assert.NotEqual(_names.NameOf(token), new TemplateNames(new FixedSecrets(2)).NameOf(token));
        Assert.Equal(_names.NameOf(token), new TemplateNames(new FixedSecrets(1)).NameOf(token));
    }

    // Computed by hand from the drawing with Python's hmac; members keep names, so they must never change.
    [Fact]
    public void The_name_is_the_golden_one() =>
        Assert.Equal(
            "46af5bc1c16206b0f8f0702b89ba82d11a0a73891400ce3fdef13f2f51ef2d0b",
            _names.NameOf(new Token([.. Enumerable.Range(0, Token.Size).Select(i => (byte)i)])).ToString()
        );

    private sealed class FixedSecrets(byte secret) : IExchangeSecrets
    {
        public byte[] Derive(ReadOnlySpan<byte> purpose) => SHA256.HashData([secret, .. purpose]);
    }
}
