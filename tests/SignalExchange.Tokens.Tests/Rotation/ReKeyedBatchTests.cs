using System.Security.Cryptography;
using CsCheck;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Rotation;
using SignalExchange.Tokens.Tests.Voprf;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests.Rotation;

/// <summary>A rotation's batch: from one key to the next by one delta, proved to whoever has the two public keys.</summary>
public sealed class ReKeyedBatchTests : IDisposable
{
    private const int HeaderSize = 7;

    private readonly VoprfKey _old = VoprfKey.Generate();
    private readonly VoprfKey _new = VoprfKey.Generate();

    private KeyCommitment From => CommitmentOf(_old, 1);

    private KeyCommitment To => CommitmentOf(_new, 2);

    public void Dispose()
    {
        _old.Dispose();
        _new.Dispose();
    }

    [Fact]
    public void What_is_re_keyed_is_what_the_new_key_would_have_evaluated() =>
        Gen.Int[1, 20]
            .Sample(
                count =>
                {
                    var points = Batches.Random(count);
                    var (elements, expected) = (new byte[points.Length], new byte[points.Length]);
                    _old.EvaluateWithoutProof(points, elements);
                    _new.EvaluateWithoutProof(points, expected);

                    var (reKeyed, batch) = ReKey(Elements(elements));

                    Assert.Equal(expected, reKeyed.SelectMany(element => element));
                    Assert.Equal(count, batch.Rows);
                    Assert.True(batch.Verify(From, To));
                },
                iter: 20
            );

    [Fact]
    public void The_way_back_is_the_way_there_with_the_keys_swapped()
    {
        var elements = Elements(Batches.Random(5));
        var (there, _) = ReKey(elements);

        using var blinded = BlindedElements.Blind([.. there.Select(element => (ReadOnlyMemory<byte>)element)]);
        var back = blinded.Unblind(To, From, Answer(_new, _old, blinded.Packed), out _);

        Assert.Equal(elements.Select(element => element.ToArray()), back);
    }

    [Fact]
    public void The_key_holder_sees_no_element_and_never_the_same_blinded_one()
    {
        var elements = Elements(Batches.Random(3));
        using var first = BlindedElements.Blind(elements);
        using var second = BlindedElements.Blind(elements);

        var seen = Elements(first.Packed.ToArray()).Concat(Elements(second.Packed.ToArray())).Concat(elements);

        Assert.Equal(9, seen.Select(element => Convert.ToHexString(element.Span)).Distinct().Count());
    }

    [Fact]
    public void No_bit_may_flip_and_no_rows_may_be_swapped()
    {
        var (_, batch) = ReKey(Elements(Batches.Random(3)));
        var bytes = batch.ToBytes();
        for (var bit = HeaderSize * 8; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(ReKeyedBatch.TryParse(bytes, out var changed) && changed.Verify(From, To), $"Bit {bit}.");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Swap(bytes, HeaderSize + (3 * 32), HeaderSize + (4 * 32)); // Two answers.
        Assert.True(ReKeyedBatch.TryParse(bytes, out var swapped));
        Assert.False(swapped.Verify(From, To));
        Swap(bytes, HeaderSize, HeaderSize + 32); // And their questions: still not what was proved, since places are hashed.
        Assert.True(ReKeyedBatch.TryParse(bytes, out swapped));
        Assert.False(swapped.Verify(From, To));
    }

    [Fact]
    public void One_row_with_another_delta_among_many_gives_no_element_out()
    {
        // The tagging attack: the proof is as honest as it can be.
        using var other = VoprfKey.Generate();
        using var blinded = BlindedElements.Blind(Elements(Batches.Random(16)));
        var answer = Answer(_old, _new, blinded.Packed);
        var tagged = answer.EvaluatedElements.ToArray();
        other.EvaluateWithoutProof(Ristretto.At(blinded.Packed.Span, 9), Ristretto.At(tagged.AsSpan(), 9));

        Assert.Throws<ProofInvalidException>(() =>
            blinded.Unblind(From, To, new Evaluation(tagged, answer.Proof), out _)
        );
    }

    [Fact]
    public void A_proof_is_for_its_two_keys_in_their_order_and_no_evaluation()
    {
        var (_, batch) = ReKey(Elements(Batches.Random(2)));
        using var other = VoprfKey.Generate();

        Assert.False(batch.Verify(To, From));
        Assert.False(batch.Verify(From, CommitmentOf(other, 2)));
        Assert.False(batch.Verify(CommitmentOf(other, 1), To));

        // An evaluation under the delta itself, as a client would ask for it, is no re-keying, and the reverse.
        using var blinded = BlindedElements.Blind(Elements(Batches.Random(2)));
        var evaluated = new byte[blinded.Packed.Length];
        var proof = new byte[VoprfKey.ProofSize];
        _new.Evaluate(blinded.Packed.Span, evaluated, proof);
        Assert.Throws<ProofInvalidException>(() => blinded.Unblind(From, To, new Evaluation(evaluated, proof), out _));
    }

    [Fact]
    public void A_batch_has_1_to_256_rows_and_nothing_else_is_one()
    {
        var bytes = ReKey(Elements(Batches.Random(256))).Batch.ToBytes();
        Assert.True(ReKeyedBatch.TryParse(bytes, out var batch));
        Assert.True(batch.Verify(From, To));
        Assert.Equal(bytes, batch.ToBytes());

        Assert.False(ReKeyedBatch.TryParse(bytes.AsMemory(1), out _));
        Assert.False(ReKeyedBatch.TryParse(bytes.AsMemory(0, bytes.Length - 1), out _));
        Assert.False(ReKeyedBatch.TryParse(ReadOnlyMemory<byte>.Empty, out _));
        bytes[4] = 2;
        Assert.False(ReKeyedBatch.TryParse(bytes, out _));
        bytes[4] = 1;
        bytes[5] = bytes[6] = 0;
        Assert.False(ReKeyedBatch.TryParse(bytes, out _));
    }

    [Fact]
    public void What_is_no_element_is_blinded_by_nobody() =>
        Assert.Throws<CryptographicException>(() => BlindedElements.Blind([new byte[32]]));

    private (byte[][] ReKeyed, ReKeyedBatch Batch) ReKey(IReadOnlyList<ReadOnlyMemory<byte>> elements)
    {
        using var blinded = BlindedElements.Blind(elements);
        var reKeyed = blinded.Unblind(From, To, Answer(_old, _new, blinded.Packed), out var batch);
        return (reKeyed, batch);
    }

    private static Evaluation Answer(VoprfKey from, VoprfKey to, ReadOnlyMemory<byte> blinded)
    {
        var reKeyed = new byte[blinded.Length];
        var proof = new byte[VoprfKey.ProofSize];
        Assert.True(from.TryReKey(to, blinded.Span, reKeyed, proof, out var invalid));
        Assert.Equal(-1, invalid);
        return new Evaluation(reKeyed, proof);
    }

    private static KeyCommitment CommitmentOf(VoprfKey key, uint epoch) =>
        KeyCommitment.To(IndicatorType.Email, epoch, key.PublicKey);

    private static List<ReadOnlyMemory<byte>> Elements(byte[] packed) =>
        [.. packed.Chunk(Ristretto.ElementSize).Select(element => (ReadOnlyMemory<byte>)element)];

    private static void Swap(byte[] bytes, int first, int second)
    {
        var kept = bytes[first..(first + 32)];
        bytes.AsSpan(second, 32).CopyTo(bytes.AsSpan(first));
        kept.CopyTo(bytes, second);
    }
}
