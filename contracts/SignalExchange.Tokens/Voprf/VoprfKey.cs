using System.Buffers;
using System.Security.Cryptography;
using SignalExchange.Tokens.Voprf.Sums;

namespace SignalExchange.Tokens.Voprf;

/// <summary>A secret key of the VOPRF and what its holder does with it: RFC 9497, mode VOPRF, suite ristretto255-SHA512.</summary>
/// <remarks>
/// The secret lies in guarded memory and is zeroed on disposal. Everything is in constant time with respect to it. Safe from any
/// thread; a call after disposal throws <see cref="ObjectDisposedException"/>. Prints as <c>voprf-key</c>.
/// </remarks>
public sealed class VoprfKey : IDisposable
{
    /// <summary>The size of a secret key, in bytes.</summary>
    public const int SecretSize = RistrettoScalar.Size;

    /// <summary>The size of a proof, in bytes.</summary>
    public const int ProofSize = DleqProof.Size;

    private readonly SecretScalar _secret;
    private readonly byte[] _publicKey = new byte[Ristretto.ElementSize];

    private VoprfKey(SecretScalar secret)
    {
        _secret = secret;
        _secret.MultiplyBase(_publicKey);
    }

    /// <summary>Gets the public key: the generator times the secret, 32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>Makes a key from the operating system's randomness.</summary>
    public static VoprfKey Generate()
    {
        Span<byte> secret = stackalloc byte[SecretSize];
        RistrettoScalar.Random(secret);
        try
        {
            return Import(secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Derives a key from a seed: DeriveKeyPair, RFC 9497 section 3.2.1.</summary>
    /// <param name="seed">Exactly 32 bytes of randomness; the caller clears them.</param>
    /// <param name="info">What the key is for; at most 65,535 bytes, may be empty.</param>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    public static VoprfKey Derive(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> info) =>
        seed.Length == SecretSize
            ? new(OprfContext.Voprf.DeriveKey(seed, info))
            : throw new ArgumentException($"A seed has {SecretSize} bytes, got {seed.Length}.", nameof(seed));

    /// <summary>Takes up a key that <see cref="Export"/> wrote.</summary>
    /// <param name="secret">Exactly <see cref="SecretSize"/> bytes; the caller clears them.</param>
    /// <exception cref="CryptographicException">The bytes are not a scalar from 1 to the group's order less one.</exception>
    public static VoprfKey Import(ReadOnlySpan<byte> secret) => new(SecretScalar.CopyFrom(secret));

    /// <summary>Writes the secret, for a store to seal; the store clears it at once.</summary>
    /// <param name="secret">Exactly <see cref="SecretSize"/> bytes.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public void Export(Span<byte> secret)
    {
        if (secret.Length != SecretSize)
        {
            throw new ArgumentException($"A secret has {SecretSize} bytes, got {secret.Length}.", nameof(secret));
        }

        _secret.CopyTo(secret);
    }

    /// <summary>Evaluates a batch and proves it, unless an element is not valid.</summary>
    /// <param name="blinded">1 to 65,535 packed elements.</param>
    /// <param name="evaluated">Where as many elements go: each is the secret times the one in its place.</param>
    /// <param name="proof">Where one proof for all of them goes, <see cref="ProofSize"/> bytes.</param>
    /// <param name="invalidElement">The place of the first element that is not valid; -1 if all are.</param>
    /// <returns>Whether all elements are valid. If one is not, nothing was evaluated and nothing written.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or the answer's place overlaps the question's.</exception>
    /// <remarks>Some 75 to 150 microseconds an element, on the calling thread.</remarks>
    public bool TryEvaluate(ReadOnlySpan<byte> blinded, Span<byte> evaluated, Span<byte> proof, out int invalidElement)
    {
        if (proof.Length != ProofSize)
        {
            throw new ArgumentException($"A proof has {ProofSize} bytes, got room for {proof.Length}.", nameof(proof));
        }

        CheckLengths(blinded, evaluated);

        // All are looked at before any is evaluated, so that a batch that fails has cost and told next to nothing. To tell whether an element
        // is valid is to read it as a point, and the proof needs the points.
        var points = ArrayPool<CurvePoint>.Shared.Rent(blinded.Length / Ristretto.ElementSize);
        try
        {
            invalidElement = PointCoding.DecodeAll(blinded, points);
            if (invalidElement >= 0)
            {
                return false;
            }

            Multiply(_secret, blinded, evaluated);
            DleqProof.Generate(new(OprfContext.Voprf, _publicKey, blinded, evaluated, points: points), _secret, proof);
            return true;
        }
        finally
        {
            ArrayPool<CurvePoint>.Shared.Return(points);
        }
    }

    /// <summary>Re-keys a batch, unless an element is not valid: what this key has evaluated becomes what another key would have.</summary>
    /// <param name="other">The other key.</param>
    /// <param name="elements">1 to 65,535 packed elements, blinded or not.</param>
    /// <param name="reKeyed">Where as many elements go: each is (other key / this key) times the one in its place.</param>
    /// <param name="proof">Where one proof for all of them goes: see <see cref="ReKeyStatement"/>.</param>
    /// <param name="invalidElement">The place of the first element that is not valid; -1 if all are.</param>
    /// <returns>Whether all elements are valid. If one is not, nothing was re-keyed and nothing written.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or the answer's place overlaps the question's.</exception>
    /// <remarks>The quotient lives as long as the call. As costly as <see cref="TryEvaluate"/>.</remarks>
    public bool TryReKey(
        VoprfKey other,
        ReadOnlySpan<byte> elements,
        Span<byte> reKeyed,
        Span<byte> proof,
        out int invalidElement
    )
    {
        CheckLengths(elements, reKeyed);
        invalidElement = Ristretto.IndexOfInvalidElement(elements);
        if (invalidElement >= 0)
        {
            return false;
        }

        using var delta = SecretScalar.Quotient(other._secret, _secret);
        Multiply(delta, elements, reKeyed);
        DleqProof.Generate(ReKeyStatement.Of(_publicKey, other._publicKey, elements, reKeyed), delta, proof);
        return true;
    }

    /// <summary>Evaluates a batch of valid elements and proves it.</summary>
    /// <param name="blinded">1 to 65,535 packed elements.</param>
    /// <param name="evaluated">Where as many elements go.</param>
    /// <param name="proof">Where the proof goes, <see cref="ProofSize"/> bytes.</param>
    /// <exception cref="ArgumentException">As with <see cref="TryEvaluate"/>, or an element is not valid.</exception>
    public void Evaluate(ReadOnlySpan<byte> blinded, Span<byte> evaluated, Span<byte> proof)
    {
        if (!TryEvaluate(blinded, evaluated, proof, out var invalidElement))
        {
            throw new ArgumentException($"Element {invalidElement} of the batch is not valid.", nameof(blinded));
        }
    }

    /// <summary>Returns the same for every key.</summary>
    public override string ToString() => "voprf-key";

    /// <inheritdoc/>
    public void Dispose() => _secret.Dispose();

    /// <summary>Evaluates a batch of valid elements: BlindEvaluate of mode OPRF, the first half of mode VOPRF's.</summary>
    internal void EvaluateWithoutProof(ReadOnlySpan<byte> blinded, Span<byte> evaluated)
    {
        CheckLengths(blinded, evaluated);
        Multiply(_secret, blinded, evaluated);
    }

    private static void Multiply(SecretScalar secret, ReadOnlySpan<byte> blinded, Span<byte> evaluated)
    {
        for (var i = 0; i < blinded.Length / Ristretto.ElementSize; i++)
        {
            if (!secret.TryMultiply(Ristretto.At(blinded, i), Ristretto.At(evaluated, i)))
            {
                throw new CryptographicException($"Element {i} of the batch is not valid.");
            }
        }
    }

    private void CheckLengths(ReadOnlySpan<byte> blinded, ReadOnlySpan<byte> evaluated)
    {
        if (!new DleqStatement(OprfContext.Voprf, _publicKey, blinded, evaluated).IsWellFormed)
        {
            throw new ArgumentException(
                $"A batch is 1 to {DleqStatement.MaxBatch} elements of {Ristretto.ElementSize} bytes and room for as many; "
                    + $"got {blinded.Length} bytes and room for {evaluated.Length}.",
                nameof(blinded)
            );
        }

        if (blinded.Overlaps(evaluated))
        {
            throw new ArgumentException("The evaluated elements need a place of their own.", nameof(evaluated));
        }
    }
}
