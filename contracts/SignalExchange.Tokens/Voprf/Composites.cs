using SignalExchange.Tokens.Voprf.Sums;

namespace SignalExchange.Tokens.Voprf;

/// <summary>
/// RFC 9497 section 2.2.1: a whole batch as one pair of elements (M, Z). Each pair of the batch is weighed by a hash of the
/// public key, its place and itself, so that no two errors cancel out.
/// </summary>
/// <remarks>Works on public values; about 20 microseconds a pair for M, twice that for both.</remarks>
internal static class Composites
{
    private const int TranscriptSize = (2 + Sha512.DigestSize) + 2 + (2 * (2 + Ristretto.ElementSize)) + 9;

    /// <summary>Computes (M, Z) as the key holder does: half the work, as Z is the secret times M.</summary>
    /// <returns>False if an element is not valid.</returns>
    internal static bool TryComputeFast(DleqStatement statement, SecretScalar secret, Span<byte> m, Span<byte> z)
    {
        Span<byte> seed = stackalloc byte[Sha512.DigestSize];
        Span<byte> weight = stackalloc byte[RistrettoScalar.Size];
        ComputeSeed(statement, seed);
        using var blinded = new WeighedSum();
        for (var i = 0; i < statement.Count; i++)
        {
            ComputeWeight(statement, seed, i, weight);
            if (!statement.Points.IsEmpty)
            {
                blinded.Add(weight, statement.Points[i]);
            }
            else if (!blinded.TryAdd(weight, Ristretto.At(statement.Blinded, i)))
            {
                return false;
            }
        }

        blinded.WriteTo(m);
        return secret.TryMultiply(m, z);
    }

    /// <summary>Computes (M, Z) as the verifier does.</summary>
    /// <returns>False if an element is not valid.</returns>
    internal static bool TryCompute(DleqStatement statement, Span<byte> m, Span<byte> z)
    {
        Span<byte> seed = stackalloc byte[Sha512.DigestSize];
        Span<byte> weight = stackalloc byte[RistrettoScalar.Size];
        ComputeSeed(statement, seed);
        using var blinded = new WeighedSum();
        using var evaluated = new WeighedSum();
        for (var i = 0; i < statement.Count; i++)
        {
            ComputeWeight(statement, seed, i, weight);
            if (
                !blinded.TryAdd(weight, Ristretto.At(statement.Blinded, i))
                || !evaluated.TryAdd(weight, Ristretto.At(statement.Evaluated, i))
            )
            {
                return false;
            }
        }

        blinded.WriteTo(m);
        evaluated.WriteTo(z);
        return true;
    }

    private static void ComputeSeed(DleqStatement statement, Span<byte> seed)
    {
        var hash = new Sha512();
        if (!statement.Basis.IsEmpty)
        {
            hash.AppendPrefixed(statement.Basis);
        }

        hash.AppendPrefixed(statement.PublicKey);
        hash.AppendPrefixed(statement.Context.SeedTag);
        hash.Finish(seed);
    }

    private static void ComputeWeight(DleqStatement statement, ReadOnlySpan<byte> seed, int index, Span<byte> weight)
    {
        var transcript = new Transcript(stackalloc byte[TranscriptSize]);
        transcript.AppendPrefixed(seed);
        transcript.Append(index);
        transcript.AppendPrefixed(Ristretto.At(statement.Blinded, index));
        transcript.AppendPrefixed(Ristretto.At(statement.Evaluated, index));
        transcript.Append("Composite"u8);
        statement.Context.HashToScalar(transcript.Written, weight);
    }
}
