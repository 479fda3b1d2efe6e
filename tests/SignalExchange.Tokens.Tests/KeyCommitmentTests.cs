using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests;

public sealed class KeyCommitmentTests
{
    [Fact]
    public void A_commitment_names_its_public_key()
    {
        using var key = VoprfKey.Generate();
        var commitment = KeyCommitment.To(IndicatorType.Email, 7, key.PublicKey);
        Assert.Equal((IndicatorType.Email, 7u), (commitment.KeyId.Type, commitment.KeyId.Epoch));
        Assert.Equal(commitment, new KeyCommitment(commitment.KeyId, key.PublicKey));
        Assert.Equal(commitment.KeyId.ToString(), commitment.ToString());
    }

    [Fact]
    public void A_public_key_that_the_id_does_not_name_is_refused()
    {
        using var key = VoprfKey.Generate();
        using var other = VoprfKey.Generate();
        var keyId = KeyCommitment.To(IndicatorType.Email, 1, key.PublicKey).KeyId;
        Assert.Throws<ArgumentException>(() => new KeyCommitment(keyId, other.PublicKey));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public void What_is_not_a_valid_element_is_not_a_public_key(int length) =>
        Assert.Throws<ArgumentException>(() => KeyCommitment.To(IndicatorType.Email, 1, new byte[length]));

    [Fact]
    public void The_public_key_is_a_copy()
    {
        using var key = VoprfKey.Generate();
        var bytes = key.PublicKey.ToArray();
        var commitment = KeyCommitment.To(IndicatorType.Email, 1, bytes);
        bytes[0] ^= 1;
        Assert.Equal(key.PublicKey.ToArray(), commitment.PublicKey.ToArray());
    }

    [Fact]
    public void Commitments_differ_by_epoch_type_and_key()
    {
        using var key = VoprfKey.Generate();
        using var other = VoprfKey.Generate();
        var commitment = KeyCommitment.To(IndicatorType.Email, 1, key.PublicKey);
        Assert.NotEqual(commitment, KeyCommitment.To(IndicatorType.Email, 2, key.PublicKey));
        Assert.NotEqual(commitment, KeyCommitment.To(IndicatorType.Url, 1, key.PublicKey));
        Assert.NotEqual(commitment, KeyCommitment.To(IndicatorType.Email, 1, other.PublicKey));
    }
}
