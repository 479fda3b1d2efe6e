using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Keys;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Tests.Keys;

public sealed class KeyRecordCodecTests
{
    [Fact]
    public void Records_come_back_as_they_were()
    {
        using var record = TestRecords.InForce(IndicatorType.CryptoWallet, uint.MaxValue);
        using var read = Assert.Single(KeyRecordCodec.Decode(KeyRecordCodec.Encode([record])));
        Assert.Equal(record.Commitment, read.Commitment);
        Assert.Equal(record.Term, read.Term);
        Assert.Equal(record.CanonicalVersion, read.CanonicalVersion);
        Assert.Equal(Secrets.Of(record), Secrets.Of(read));
    }

    [Fact]
    public void Every_state_comes_back_and_a_destroyed_key_without_its_secret()
    {
        var root = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
        foreach (var state in Enum.GetValues<KeyState>().Where(state => state != KeyState.Unspecified))
        {
            using var first = TestRecords.InForce(IndicatorType.Url, 1);
            var term = new KeyTerm(state, TestRecords.Begin, null, null, TestRecords.Begin, first.KeyId, root);
            using var whole = TestRecords.Of(IndicatorType.Url, 2, term);
            using var record = state == KeyState.Destroyed ? whole.WithoutKey(term) : whole.With(term);

            using var read = Assert.Single(KeyRecordCodec.Decode(KeyRecordCodec.Encode([record])));

            Assert.Equal(term with { RotationRoot = default }, read.Term with { RotationRoot = default });
            Assert.Equal(root, read.Term.RotationRoot.ToArray());
            Assert.Equal(state == KeyState.Destroyed, read.Key is null);
            Assert.Equal(record.Commitment, read.Commitment);
        }
    }

    [Fact]
    public void A_state_that_a_later_version_brings_is_left_to_that_version()
    {
        using var record = TestRecords.InForce(IndicatorType.Url, 1);
        var bytes = KeyRecordCodec.Encode([record]);
        bytes[1 + record.ToString().Length + 1 + record.CanonicalVersion.Length] = 99;
        AssertRefused("state 99", bytes);
    }

    [Fact]
    public void A_key_of_a_kind_that_a_later_version_brings_is_left_to_that_version()
    {
        using var record = TestRecords.InForce(IndicatorType.Url, 1);
        var bytes = KeyRecordCodec.Encode([record]);
        "uri"u8.CopyTo(bytes.AsSpan(1));
        AssertRefused("a kind of identifier that this version does not know", bytes);
    }

    [Fact]
    public void A_secret_that_is_not_the_one_of_its_id_is_refused()
    {
        using var record = TestRecords.InForce(IndicatorType.Url, 1);
        using var other = VoprfKey.Generate();
        var bytes = KeyRecordCodec.Encode([record]);
        other.Export(bytes.AsSpan(bytes.Length - VoprfKey.SecretSize));
        AssertRefused($"a key that is not the one of its id {record.KeyId}", bytes);
    }

    [Fact]
    public void What_is_no_secret_is_refused()
    {
        using var record = TestRecords.InForce(IndicatorType.Url, 1);
        var bytes = KeyRecordCodec.Encode([record]);
        bytes.AsSpan(bytes.Length - VoprfKey.SecretSize).Fill(0xFF);
        AssertRefused("damaged records", bytes);
    }

    [Fact]
    public void Two_keys_of_one_type_and_epoch_are_refused()
    {
        using var record = TestRecords.InForce(IndicatorType.Url, 1);
        using var other = TestRecords.InForce(IndicatorType.Url, 1);
        AssertRefused("two keys of one type and epoch", KeyRecordCodec.Encode([record, other]));
    }

    [Fact]
    public void A_record_that_ends_early_is_refused()
    {
        using var record = TestRecords.InForce(IndicatorType.Url, 1);
        var bytes = KeyRecordCodec.Encode([record]);
        for (var length = 1; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => KeyRecordCodec.Decode(bytes.AsSpan(0, length)));
        }
    }

    private static void AssertRefused(string words, byte[] bytes)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => KeyRecordCodec.Decode(bytes));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }
}
