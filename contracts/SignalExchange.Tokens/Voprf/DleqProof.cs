using System.Security.Cryptography;

namespace SignalExchange.Tokens.Voprf;

/// <summary>RFC 9497 section 2.2: proves that every element of a batch was multiplied by the secret of the public key.</summary>
/// <remarks>64 bytes: the challenge c, then the response s, two scalars.</remarks>
internal static class DleqProof
{
    internal const int Size = 2 * RistrettoScalar.Size;

    private const int TranscriptSize = (6 * (2 + Ristretto.ElementSize)) + 9;

    /// <summary>Proves a true statement.</summary>
    /// <param name="statement">Well formed, with valid elements.</param>
    /// <param name="secret">The secret key.</param>
    /// <param name="proof">Where the proof goes.</param>
    internal static void Generate(DleqStatement statement, SecretScalar secret, Span<byte> proof)
    {
        // Two proofs with one nonce give the key away: it is made here, used once and cleared.
        Span<byte> nonce = stackalloc byte[RistrettoScalar.Size];
        RistrettoScalar.Random(nonce);
        GenerateWith(nonce, statement, secret, proof);
        CryptographicOperations.ZeroMemory(nonce);
    }

    /// <summary>Proves with a given nonce; only the RFC's vectors give one.</summary>
    internal static void GenerateWith(
        ReadOnlySpan<byte> nonce,
        DleqStatement statement,
        SecretScalar secret,
        Span<byte> proof
    )
    {
        Span<byte> m = stackalloc byte[Ristretto.ElementSize];
        Span<byte> z = stackalloc byte[Ristretto.ElementSize];
        Span<byte> t2 = stackalloc byte[Ristretto.ElementSize];
        Span<byte> t3 = stackalloc byte[Ristretto.ElementSize];
        if (
            !Composites.TryComputeFast(statement, secret, m, z)
            || !statement.TryMultiplyBase(nonce, t2)
            || !Ristretto.TryMultiply(nonce, m, t3)
        )
        {
            throw new CryptographicException("A batch with an invalid element cannot be proved.");
        }

        var challenge = proof[..RistrettoScalar.Size];
        var response = proof[RistrettoScalar.Size..Size];
        ComputeChallenge(statement, m, z, t2, t3, challenge);
        Span<byte> product = stackalloc byte[RistrettoScalar.Size];
        secret.MultiplyScalar(challenge, product);
        RistrettoScalar.Subtract(nonce, product, response);
        CryptographicOperations.ZeroMemory(product); // With the public challenge it gives the key away.
    }

    /// <summary>Verifies a proof.</summary>
    /// <returns>False for a statement that is not well formed, an invalid element or key, and a proof that does not fit.</returns>
    internal static bool Verify(DleqStatement statement, ReadOnlySpan<byte> proof)
    {
        if (!statement.IsWellFormed || !IsPairOfScalars(proof))
        {
            return false;
        }

        Span<byte> m = stackalloc byte[Ristretto.ElementSize];
        Span<byte> z = stackalloc byte[Ristretto.ElementSize];
        Span<byte> t2 = stackalloc byte[Ristretto.ElementSize];
        Span<byte> t3 = stackalloc byte[Ristretto.ElementSize];
        Span<byte> expected = stackalloc byte[RistrettoScalar.Size];
        var challenge = proof[..RistrettoScalar.Size];
        var response = proof[RistrettoScalar.Size..];
        if (
            !Composites.TryCompute(statement, m, z)
            || !statement.TryMultiplyBase(response, t2)
            || !Ristretto.TryAddProduct(challenge, statement.PublicKey, t2)
            || !Ristretto.TryMultiply(response, m, t3)
            || !Ristretto.TryAddProduct(challenge, z, t3)
        )
        {
            return false;
        }

        ComputeChallenge(statement, m, z, t2, t3, expected);
        return CryptographicOperations.FixedTimeEquals(expected, challenge);
    }

    private static bool IsPairOfScalars(ReadOnlySpan<byte> proof) =>
        proof.Length == Size
        && RistrettoScalar.IsCanonical(proof[..RistrettoScalar.Size])
        && RistrettoScalar.IsCanonical(proof[RistrettoScalar.Size..]);

    private static void ComputeChallenge(
        DleqStatement statement,
        ReadOnlySpan<byte> m,
        ReadOnlySpan<byte> z,
        ReadOnlySpan<byte> t2,
        ReadOnlySpan<byte> t3,
        Span<byte> challenge
    )
    {
        var transcript = new Transcript(stackalloc byte[TranscriptSize]);
        if (!statement.Basis.IsEmpty)
        {
            transcript.AppendPrefixed(statement.Basis); // The RFC's base is the same in every proof and is not hashed.
        }

        transcript.AppendPrefixed(statement.PublicKey);
        transcript.AppendPrefixed(m);
        transcript.AppendPrefixed(z);
        transcript.AppendPrefixed(t2);
        transcript.AppendPrefixed(t3);
        transcript.Append("Challenge"u8);
        statement.Context.HashToScalar(transcript.Written, challenge);
    }
}
