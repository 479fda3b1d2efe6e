using CsCheck;
using SignalExchange.Tokens.Canonical.Wallets;

namespace SignalExchange.Tokens.Tests.Canonical.Wallets;

public sealed class Base58Tests
{
    private static readonly Gen<byte[]> Bytes = Gen.OneOf(Gen.Byte, Gen.Const((byte)0)).Array[1, 80];

    [Fact]
    public void Bytes_come_back() =>
        Bytes.Sample(bytes => Base58.TryDecode(Base58.Encode(bytes), out var back) && back.SequenceEqual(bytes));

    [Fact]
    public void Bytes_come_back_in_monero_blocks() =>
        Bytes.Sample(bytes =>
            MoneroBase58.TryDecode(MoneroBase58.Encode(bytes), out var back) && back.SequenceEqual(bytes)
        );

    [Fact]
    public void Any_other_character_breaks_the_checksum()
    {
        const string Address = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
        for (var i = 0; i < Address.Length; i++)
        {
            var other = Address[i] == 'z' ? 'y' : 'z';

            Assert.False(Identifier.CryptoWallet("bitcoin", Address[..i] + other + Address[(i + 1)..]).IsAccepted);
        }
    }
}
