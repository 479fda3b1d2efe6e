using System.Security.Cryptography;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests.Voprf;

public sealed class VoprfKeyTests
{
    [Fact]
    public void An_exported_key_comes_back_the_same()
    {
        using var key = VoprfKey.Generate();
        var secret = new byte[VoprfKey.SecretSize];
        key.Export(secret);
        using var imported = VoprfKey.Import(secret);
        Assert.Equal(key.PublicKey.ToArray(), imported.PublicKey.ToArray());
    }

    [Fact]
    public void Two_new_keys_differ()
    {
        using var one = VoprfKey.Generate();
        using var other = VoprfKey.Generate();
        Assert.NotEqual(one.PublicKey.ToArray(), other.PublicKey.ToArray());
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(RistrettoScalarTests.Order)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("0100")]
    [InlineData("")]
    public void Bytes_that_are_no_secret_key_are_refused_without_being_shown(string bytes)
    {
        var refusal = Assert.Throws<CryptographicException>(() => VoprfKey.Import(Convert.FromHexString(bytes)));
        Assert.Equal("A secret key is a scalar from 1 to the group's order less one.", refusal.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_seed_or_a_place_for_the_secret_of_another_length_is_refused(int length)
    {
        using var key = VoprfKey.Generate();
        Assert.Throws<ArgumentException>(() => VoprfKey.Derive(new byte[length], []));
        Assert.Throws<ArgumentException>(() => key.Export(new byte[length]));
    }

    [Fact]
    public void A_key_derives_from_its_seed_and_its_purpose()
    {
        var seed = new byte[VoprfKey.SecretSize];
        using var key = VoprfKey.Derive(seed, "one"u8);
        using var again = VoprfKey.Derive(seed, "one"u8);
        using var other = VoprfKey.Derive(seed, "other"u8);
        Assert.Equal(key.PublicKey.ToArray(), again.PublicKey.ToArray());
        Assert.NotEqual(key.PublicKey.ToArray(), other.PublicKey.ToArray());
    }

    [Fact]
    public void Keys_print_all_the_same()
    {
        using var key = VoprfKey.Generate();
        Assert.Equal("voprf-key", key.ToString());
    }

    [Fact]
    public void A_disposed_key_does_nothing_more()
    {
        var batch = Batches.Random(2);
        var key = VoprfKey.Generate();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Export(new byte[VoprfKey.SecretSize]));
        Assert.Throws<ObjectDisposedException>(() =>
            key.Evaluate(batch, new byte[batch.Length], new byte[VoprfKey.ProofSize])
        );
    }

    [Theory]
    [InlineData(0, 0, 64)]
    [InlineData(33, 33, 64)]
    [InlineData(64, 32, 64)]
    [InlineData(32, 64, 64)]
    [InlineData(32, 32, 63)]
    [InlineData(32, 32, 65)]
    [InlineData(65_536 * 32, 65_536 * 32, 64)]
    public void Lengths_that_do_not_fit_are_refused(int blinded, int evaluated, int proof)
    {
        using var key = VoprfKey.Generate();
        Assert.Throws<ArgumentException>(() => key.Evaluate(new byte[blinded], new byte[evaluated], new byte[proof]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    public void One_invalid_element_fails_the_batch_with_its_place_and_nothing_written(int place)
    {
        using var key = VoprfKey.Generate();
        var batch = Batches.Random(8);
        Ristretto.At(batch.AsSpan(), place).Clear(); // The identity.
        var evaluated = new byte[batch.Length];
        var proof = new byte[VoprfKey.ProofSize];

        var refusal = Assert.Throws<ArgumentException>(() => key.Evaluate(batch, evaluated, proof));

        Assert.StartsWith($"Element {place} of the batch is not valid.", refusal.Message, StringComparison.Ordinal);
        Assert.All(evaluated.Concat(proof), value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(RistrettoTests.InvalidEncodings), MemberType = typeof(RistrettoTests))]
    public void What_is_no_element_is_not_evaluated(string encoding)
    {
        using var key = VoprfKey.Generate();
        byte[] batch = [.. Batches.Random(2), .. Convert.FromHexString(encoding)];

        Assert.False(key.TryEvaluate(batch, new byte[batch.Length], new byte[VoprfKey.ProofSize], out var invalid));
        Assert.Equal(2, invalid);
    }

    [Fact]
    public void The_answer_needs_a_place_of_its_own()
    {
        using var key = VoprfKey.Generate();
        var buffer = Batches.Random(3);
        Assert.Throws<ArgumentException>(() =>
            key.Evaluate(buffer.AsSpan(0, 64), buffer.AsSpan(32, 64), new byte[VoprfKey.ProofSize])
        );
    }

    [Fact]
    public void Two_proofs_of_one_batch_share_neither_challenge_nor_response()
    {
        using var key = VoprfKey.Generate();
        var batch = Batches.Random(1);
        var evaluated = new byte[batch.Length];
        var first = new byte[VoprfKey.ProofSize];
        var second = new byte[VoprfKey.ProofSize];
        key.Evaluate(batch, evaluated, first);
        key.Evaluate(batch, evaluated, second);
        Assert.NotEqual(first[..32], second[..32]); // A nonce used twice would show here, and give the key away.
        Assert.NotEqual(first[32..], second[32..]);
    }

    [Fact]
    public void An_evaluation_allocates_nothing()
    {
        using var key = VoprfKey.Generate();
        var batch = Batches.Random(4);
        var evaluated = new byte[batch.Length];
        var proof = new byte[VoprfKey.ProofSize];
        key.Evaluate(batch, evaluated, proof);

        var before = GC.GetAllocatedBytesForCurrentThread();
        key.Evaluate(batch, evaluated, proof);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
