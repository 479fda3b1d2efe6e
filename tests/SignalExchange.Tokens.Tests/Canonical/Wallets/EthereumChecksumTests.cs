using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens.Tests.Canonical.Wallets;

/// <summary>Every test vector of EIP-55.</summary>
public sealed class EthereumChecksumTests
{
    [Theory]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0x8617E340B3D01FA5F11F306F4090FD50E238070D")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x27b1fdb04752bbc536007a920d24acb045561c26")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void Valid(string address) => Assert.True(Identifier.CryptoWallet("ethereum", address).IsAccepted);

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    public void One_letter_in_the_other_case_is_refused(string address)
    {
        for (var i = 2; i < address.Length; i++)
        {
            if (char.IsAsciiLetter(address[i]))
            {
                var flipped = address[..i] + (char)(address[i] ^ 0x20) + address[(i + 1)..];

                Assert.Equal(
                    CanonicalProblem.ChecksumWrong,
                    Identifier.CryptoWallet("ethereum", flipped).Refusal?.Problem
                );
            }
        }
    }
}
