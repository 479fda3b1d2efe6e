using System.Diagnostics;
using System.Globalization;
using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Processes;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Benchmarks.Voprf;

/// <summary>A process that blinds and finalises as the SDK does, on one core. What the key holder does between is not counted.</summary>
internal static class BlindFinaliseRole
{
    private const int Batch = 32;

    /// <summary>Plays the role.</summary>
    public static async Task Play()
    {
        using var key = VoprfKey.Generate();
        await ParentLine.Serve<LoadOrder, LoadResult>("ready", order => Task.FromResult(Run(key, order)));
    }

    private static LoadResult Run(VoprfKey key, LoadOrder order)
    {
        var commitment = KeyCommitment.To(IndicatorType.PhoneE164, epoch: 1, key.PublicKey);
        var identifiers = Enumerable
            .Range(0, Batch)
            .Select(i =>
                Identifier.Phone(string.Create(CultureInfo.InvariantCulture, $"+316{10_000_000 + i}")).Identifier!
            )
            .ToArray();
        var (evaluated, proof) = (new byte[Batch * Ristretto.ElementSize], new byte[VoprfKey.ProofSize]);
        var results = new EvaluatedIdentifier[Batch];
        var latencies = new Latencies();
        var counted = TimeSpan.Zero;
        while (counted.TotalSeconds < order.Seconds)
        {
            var begun = Stopwatch.GetTimestamp();
            using var batch = BlindedBatch.Blind(identifiers);
            var took = Stopwatch.GetElapsedTime(begun);
            key.Evaluate(batch.BlindedElements.Span, evaluated, proof);
            begun = Stopwatch.GetTimestamp();
            batch.Unblind(commitment, new Evaluation(evaluated, proof), results);
            took += Stopwatch.GetElapsedTime(begun);
            latencies.Note(took);
            counted += took;
        }

        return latencies.ToResult(counted.TotalSeconds);
    }
}
