using CsCheck;

namespace SignalExchange.Contracts.Tests;

public sealed class TokenTests
{
    private static readonly Gen<byte[]> TokenBytes = Gen.Byte.Array[Token.Size];

    [Fact]
    public void A_token_is_what_it_was_read_from() =>
        TokenBytes.Sample(bytes =>
        {
            var token = new Token(bytes);
            return token.ToArray().AsSpan().SequenceEqual(bytes) && Token.FromKeyString(token.ToKeyString()) == token;
        });

    [Fact]
    public void Tokens_are_ordered_by_their_bytes() =>
        Gen.Select(TokenBytes, TokenBytes)
            .Sample(
                (left, right) =>
                    Math.Sign(new Token(left).CompareTo(new Token(right)))
                    == Math.Sign(left.AsSpan().SequenceCompareTo(right))
            );

    [Fact]
    public void A_printed_token_shows_its_first_four_bytes_and_no_more() =>
        TokenBytes.Sample(bytes =>
            new Token(bytes).ToString() == "token:" + Convert.ToHexStringLower(bytes.AsSpan(0, 4))
        );

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_token_of_another_size_is_refused(int size) =>
        Assert.Throws<ArgumentException>(() => new Token(new byte[size]));
}
