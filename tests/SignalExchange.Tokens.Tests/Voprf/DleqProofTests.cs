using CsCheck;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests.Voprf;

public sealed class DleqProofTests
{
    [Fact]
    public void Every_honest_batch_verifies() =>
        Gen.Int[1, 20].Sample(count => new ProvenBatch(count).Verifies(), iter: 30);

    [Fact]
    public void A_full_batch_verifies()
    {
        using var batch = new ProvenBatch(256);
        Assert.True(batch.Verifies());
    }

    [Fact]
    public void No_bit_of_any_part_may_flip()
    {
        using var batch = new ProvenBatch(3);
        foreach (var part in new[] { batch.Proof, batch.Blinded, batch.Evaluated, batch.PublicKey })
        {
            for (var bit = 0; bit < part.Length * 8; bit++)
            {
                part[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(batch.Verifies(), $"Bit {bit} of a part of {part.Length} bytes counts for nothing.");
                part[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }

        Assert.True(batch.Verifies());
    }

    [Fact]
    public void Another_keys_public_key_does_not_verify()
    {
        using var batch = new ProvenBatch(4);
        using var other = VoprfKey.Generate();
        batch.PublicKey = other.PublicKey.ToArray();
        Assert.False(batch.Verifies());
    }

    [Fact]
    public void An_evaluation_under_another_key_does_not_verify()
    {
        using var batch = new ProvenBatch(4);
        using var other = VoprfKey.Generate();
        other.Evaluate(batch.Blinded, batch.Evaluated, batch.Proof);
        Assert.False(batch.Verifies());
    }

    [Fact]
    public void One_element_under_another_key_among_many_does_not_verify()
    {
        // The tagging attack: all but one answer are right, and the proof is as honest as it can be.
        using var batch = new ProvenBatch(16);
        using var other = VoprfKey.Generate();
        other.EvaluateWithoutProof(Ristretto.At(batch.Blinded, 9), Ristretto.At(batch.Evaluated.AsSpan(), 9));
        var secret = new byte[VoprfKey.SecretSize];
        batch.Key.Export(secret);
        using var scalar = SecretScalar.CopyFrom(secret);
        DleqProof.Generate(
            new(OprfContext.Voprf, batch.PublicKey, batch.Blinded, batch.Evaluated),
            scalar,
            batch.Proof
        );
        Assert.False(batch.Verifies());
    }

    [Fact]
    public void Order_counts() =>
        Gen.Select(Gen.Int[2, 8], Gen.Int[0, 7], Gen.Int[1, 7])
            .Sample(
                (count, first, distance) =>
                {
                    using var batch = new ProvenBatch(count);
                    var (one, other) = (first % count, (first + 1 + (distance % (count - 1))) % count);
                    Swap(batch.Evaluated, one, other);
                    var isVerifiedWithAnswersSwapped = batch.Verifies();
                    Swap(batch.Blinded, one, other);
                    var isVerifiedWithPairsSwapped = batch.Verifies();
                    return !isVerifiedWithAnswersSwapped && !isVerifiedWithPairsSwapped;
                },
                iter: 30
            );

    [Fact]
    public void A_proof_of_another_mode_does_not_verify()
    {
        using var batch = new ProvenBatch(2);
        Assert.False(batch.VerifiesIn(OprfContext.Oprf));
    }

    [Fact]
    public void A_proof_of_another_batch_does_not_verify()
    {
        using var batch = new ProvenBatch(2);
        var evaluated = new byte[64];
        batch.Key.Evaluate(Batches.Random(2), evaluated, batch.Proof);
        Assert.False(batch.Verifies());
    }

    [Theory]
    [InlineData(0, 0, 64)]
    [InlineData(64, 32, 64)]
    [InlineData(32, 64, 64)]
    [InlineData(63, 63, 64)]
    [InlineData(64, 64, 0)]
    [InlineData(64, 64, 63)]
    [InlineData(65_536 * 32, 65_536 * 32, 64)]
    public void Lengths_that_do_not_fit_do_not_verify(int blinded, int evaluated, int proof)
    {
        using var batch = new ProvenBatch(2);
        batch.Blinded = Resize(batch.Blinded, blinded);
        batch.Evaluated = Resize(batch.Evaluated, evaluated);
        batch.Proof = Resize(batch.Proof, proof);
        Assert.False(batch.Verifies());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public void A_scalar_with_the_order_added_does_not_verify(int place)
    {
        // The same number again: libsodium would take it, and a proof would have two encodings.
        using var batch = new ProvenBatch(2);
        var order = Convert.FromHexString(RistrettoScalarTests.Order);
        var carry = 0;
        for (var i = 0; i < order.Length; i++)
        {
            carry += batch.Proof[place + i] + order[i];
            batch.Proof[place + i] = (byte)carry;
            carry >>= 8;
        }

        Assert.False(batch.Verifies());
    }

    [Fact]
    public void Zeros_prove_nothing()
    {
        using var batch = new ProvenBatch(2);
        batch.Proof = new byte[VoprfKey.ProofSize];
        Assert.False(batch.Verifies());
        batch.Evaluated = new byte[64];
        Assert.False(batch.Verifies());
        batch.PublicKey = new byte[32];
        Assert.False(batch.Verifies());
    }

    private static byte[] Resize(byte[] bytes, int size)
    {
        Array.Resize(ref bytes, size);
        return bytes;
    }

    private static void Swap(byte[] elements, int one, int other)
    {
        var kept = Ristretto.At(elements, one).ToArray();
        Ristretto.At(elements, other).CopyTo(Ristretto.At(elements.AsSpan(), one));
        kept.CopyTo(Ristretto.At(elements.AsSpan(), other));
    }
}
