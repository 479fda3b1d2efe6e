using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Rotation;

/// <summary>Elements under way to the key holder to be re-keyed, with the blinds that only this process knows.</summary>
/// <remarks>
/// Blinded, so that the key holder, who could derive tokens from elements, sees none of those that are stored. For one flow at a time.
/// Disposal clears the blinds.
/// </remarks>
public sealed class BlindedElements : IDisposable
{
    private readonly byte[] _blinds;
    private readonly byte[] _blinded;

    private BlindedElements(int count)
    {
        _blinds = new byte[count * RistrettoScalar.Size];
        _blinded = new byte[count * Ristretto.ElementSize];
    }

    /// <summary>Gets what the key holder sees.</summary>
    public ReadOnlyMemory<byte> Packed => _blinded;

    /// <summary>Blinds elements, each with a blind of its own.</summary>
    /// <param name="elements">1 to <see cref="Limits.MaxEvaluateBatch"/> elements of 32 bytes, valid ones.</param>
    /// <exception cref="CryptographicException">One is not valid.</exception>
    /// <remarks>About 90 microseconds each, on the calling thread.</remarks>
    public static BlindedElements Blind(IReadOnlyList<ReadOnlyMemory<byte>> elements)
    {
        var batch = new BlindedElements(elements.Count);
        for (var i = 0; i < elements.Count; i++)
        {
            var blind = RistrettoScalar.At(batch._blinds.AsSpan(), i);
            RistrettoScalar.Random(blind);
            if (!Ristretto.TryMultiply(blind, elements[i].Span, Ristretto.At(batch._blinded.AsSpan(), i)))
            {
                batch.Dispose();
                throw new CryptographicException($"Element {i} of the batch is not valid.");
            }
        }

        return batch;
    }

    /// <summary>Verifies the answer, and only then takes the blinds away.</summary>
    /// <param name="from">The key that the elements are of.</param>
    /// <param name="to">The key that they were to be re-keyed to.</param>
    /// <param name="answer">The key holder's answer.</param>
    /// <param name="batch">What can be shown to anybody: that all of them got the same delta.</param>
    /// <returns>As many elements, in the same order.</returns>
    /// <exception cref="ProofInvalidException">The answer does not fit the keys or the question; no element of it is given out.</exception>
    /// <remarks>About 290 microseconds each, on the calling thread.</remarks>
    public byte[][] Unblind(KeyCommitment from, KeyCommitment to, Evaluation answer, out ReKeyedBatch batch)
    {
        batch = new ReKeyedBatch(_blinded, answer);
        if (!batch.Verify(from, to))
        {
            throw new ProofInvalidException(
                $"The proof for {batch.Rows} elements does not fit a rotation from {from.KeyId} to {to.KeyId}. Nothing was made of the "
                    + "answer. Do not retry: the key service is broken or dishonest, or a key was swapped."
            );
        }

        var inverses = new byte[_blinds.Length];
        try
        {
            RistrettoScalar.InvertAll(_blinds, inverses);
            return UnblindAll(inverses, answer.EvaluatedElements.Span);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(inverses);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_blinds);

    private static byte[][] UnblindAll(ReadOnlySpan<byte> inverses, ReadOnlySpan<byte> answers)
    {
        var elements = new byte[answers.Length / Ristretto.ElementSize][];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = new byte[Ristretto.ElementSize];
            OprfClient.Unblind(RistrettoScalar.At(inverses, i), Ristretto.At(answers, i), elements[i]);
        }

        return elements;
    }
}
