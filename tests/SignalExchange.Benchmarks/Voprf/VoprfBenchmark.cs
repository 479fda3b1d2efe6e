using System.Security.Cryptography;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Benchmarks.Voprf;

/// <summary>What an evaluation of the VOPRF costs beside the one scalar multiplication that it cannot do without.</summary>
/// <remarks>
/// On one core, in batches. With a proof the price is two multiplications an element at least: one evaluates, one goes into
/// the composite that the proof is about (RFC 9497 section 2.2.1), so half of bare multiplication is that case's ceiling.
/// </remarks>
internal static class VoprfBenchmark
{
    private const int Batch = 256;

    /// <summary>Runs it.</summary>
    public static Report Run()
    {
        using var key = VoprfKey.Generate();
        var times = Timing.Measure(Cases(key, Batch)).ToList();
        return Report.Of(
            $"VOPRF evaluation, one core, batches of {Batch}",
            [
                .. times,
                Ratio("evaluations a bare multiplication, without a proof", times[0], times[1]),
                Ratio("evaluations a bare multiplication, with a proof", times[0], times[2]),
            ]
        );
    }

    /// <summary>Makes the cases: bare multiplications, evaluations without a proof and with one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="batch">Elements at once.</param>
    public static TimedCase[] Cases(VoprfKey key, int batch)
    {
        var secret = new byte[VoprfKey.SecretSize];
        key.Export(secret);
        var (blinded, evaluated) = (DrawElements(batch), new byte[batch * Ristretto.ElementSize]);
        var proof = new byte[VoprfKey.ProofSize];
        return
        [
            new("libsodium, scalar multiplication", batch, _ => MultiplyAll(secret, blinded, evaluated), batch),
            new("evaluation without a proof", batch, _ => EvaluateAll(key, blinded, evaluated), batch),
            new(
                "evaluation with a proof, as the exchange answers",
                batch,
                _ => ProveAll(key, blinded, evaluated, proof),
                batch
            ),
        ];
    }

    /// <summary>Returns random valid elements, packed.</summary>
    public static byte[] DrawElements(int count)
    {
        var elements = new byte[count * Ristretto.ElementSize];
        Span<byte> uniform = stackalloc byte[64];
        for (var i = 0; i < count; i++)
        {
            RandomNumberGenerator.Fill(uniform);
            Ristretto.FromHash(uniform, Ristretto.At(elements.AsSpan(), i));
        }

        return elements;
    }

    private static Measurement Ratio(string name, Measurement bare, Measurement ours) =>
        Measurement.Once(name, "ratio", bare.Median / ours.Median);

    private static long MultiplyAll(byte[] scalar, byte[] elements, byte[] products)
    {
        var done = 0;
        for (var i = 0; i < elements.Length / Ristretto.ElementSize; i++)
        {
            done += Ristretto.TryMultiply(scalar, Ristretto.At(elements, i), Ristretto.At(products.AsSpan(), i))
                ? 1
                : 0;
        }

        return done;
    }

    private static long EvaluateAll(VoprfKey key, byte[] blinded, byte[] evaluated)
    {
        key.EvaluateWithoutProof(blinded, evaluated);
        return evaluated.Length / Ristretto.ElementSize;
    }

    private static long ProveAll(VoprfKey key, byte[] blinded, byte[] evaluated, byte[] proof)
    {
        key.Evaluate(blinded, evaluated, proof);
        return evaluated.Length / Ristretto.ElementSize;
    }
}
