using System.Text;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests.Voprf;

public sealed class ExpandMessageTests
{
    private static readonly byte[] Tag = [.. "QUUX-V01-CS02-with-expander-SHA512-256"u8];

    // RFC 9380 appendix K.3.
    [Theory]
    [InlineData("", 32, "6b9a7312411d92f921c6f68ca0b6380730a1a4d982c507211a90964c394179ba")]
    [InlineData("abc", 32, "0da749f12fbe5483eb066a5f595055679b976e93abe9be6f0f6318bce7aca8dc")]
    [InlineData(
        "",
        128,
        "41b037d1734a5f8df225dd8c7de38f851efdb45c372887be655212d07251b921b052b62eaed99b46f72f2ef4cc96bfaf254ebbbec091e1a3"
            + "b9e4fb5e5b619d2e0c5414800a1d882b62bb5cd1778f098b8eb6cb399d5d9d18f5d5842cf5d13d7eb00a7cff859b605da678b318bd0e65eb"
            + "ff70bec88c753b159a805d2c89c55961"
    )]
    public void The_rfcs_vectors_come_out(string message, int size, string expected)
    {
        var uniform = new byte[size];
        ExpandMessage.Xmd(Encoding.ASCII.GetBytes(message), Tag, uniform);
        Assert.Equal(expected, Convert.ToHexStringLower(uniform));
    }

    [Fact]
    public void A_message_of_several_blocks_is_hashed_whole()
    {
        // RFC 9380 appendix K.3: "a512_" and 512 times "a".
        var uniform = new byte[32];
        ExpandMessage.Xmd(Encoding.ASCII.GetBytes("a512_" + new string('a', 512)), Tag, uniform);
        Assert.Equal(
            "57b5f7e766d5be68a6bfe1768e3c2b7f1228b3e4b3134956dd73a59b954c66f4",
            Convert.ToHexStringLower(uniform)
        );
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(256, 32)]
    [InlineData(1, 0)]
    [InlineData(1, (255 * 64) + 1)]
    public void A_tag_or_an_output_of_a_length_that_the_rfc_forbids_is_refused(int tagSize, int outputSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            ExpandMessage.Xmd([], new byte[tagSize], new byte[outputSize])
        );
}
