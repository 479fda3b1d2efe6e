using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Tokens.Tests;

public sealed class TokenDerivationTests
{
    public static TheoryData<int> Vectors { get; } = [.. Enumerable.Range(0, DerivationVector.Golden.Vectors.Count)];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_input_is_the_golden_one(int index)
    {
        var vector = DerivationVector.Golden.Vectors[index];
        var input = new byte[TokenDerivation.InputSize(vector.Identifier())];
        TokenDerivation.WriteInput(vector.Identifier(), input);
        Assert.Equal(vector.Input, Convert.ToHexStringLower(input));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_token_is_the_golden_one(int index)
    {
        var vector = DerivationVector.Golden.Vectors[index];
        Assert.True(KeyId.TryParse(vector.KeyId, out var keyId));
        var token = TokenDerivation.FromElement(keyId, Convert.FromHexString(vector.Element));
        Assert.Equal(vector.Token, token.ToKeyString());
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_key_is_the_golden_one(int index)
    {
        var vector = DerivationVector.Golden.Vectors[index];
        using var key = vector.Key();
        var commitment = KeyCommitment.To(vector.Identifier().Type, vector.Epoch, key.PublicKey);
        Assert.Equal(vector.PublicKey, Convert.ToHexStringLower(key.PublicKey.Span));
        Assert.Equal(vector.KeyId, commitment.KeyId.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void An_element_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() =>
            TokenDerivation.FromElement(new KeyId(IndicatorType.Url, 1, 2), new byte[length])
        );

    [Fact]
    public void One_element_has_another_token_under_each_key()
    {
        var element = new byte[32];
        var keyIds = new[]
        {
            new KeyId(IndicatorType.Url, 1, 2),
            new KeyId(IndicatorType.Url, 2, 2),
            new KeyId(IndicatorType.Url, 1, 3),
            new KeyId(IndicatorType.InviteLink, 1, 2),
        };
        Assert.Equal(4, keyIds.Select(keyId => TokenDerivation.FromElement(keyId, element)).Distinct().Count());
    }

    [Fact]
    public void A_canonical_form_of_the_greatest_length_has_an_input_and_a_longer_one_is_refused_without_being_shown()
    {
        const int longest = ushort.MaxValue - 11; // "SXv1", 0, length and text of "url", two bytes of length.
        Assert.Equal(ushort.MaxValue, TokenDerivation.InputSize(new Identifier(IndicatorType.Url, new byte[longest])));
        var refusal = Assert.Throws<ArgumentException>(() =>
            TokenDerivation.InputSize(new Identifier(IndicatorType.Url, new byte[longest + 1]))
        );
        Assert.StartsWith(
            "The input of identifier:url has 65536 bytes; 65535 are allowed.",
            refusal.Message,
            StringComparison.Ordinal
        );
    }
}
