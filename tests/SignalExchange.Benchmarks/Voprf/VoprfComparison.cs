using SignalExchange.Benchmarks.Compare;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Benchmarks.Voprf;

/// <summary>Evaluations a second and core, against bare scalar multiplications of libsodium.</summary>
internal static class VoprfComparison
{
    private const double NanosecondsInSecond = 1e9;

    /// <summary>Measures both.</summary>
    /// <param name="batch">Elements at once.</param>
    public static IReadOnlyList<RoundPair> Run(int batch)
    {
        using var key = VoprfKey.Generate();
        var times = Timing.Sample(VoprfBenchmark.Cases(key, batch));
        var rates = times.Select(it => it.Select(time => NanosecondsInSecond / time).ToList()).ToList();
        return
        [
            RoundPair.OfSamples(
                $"VOPRF, {batch} elements, no proof: bare libsodium",
                "1/s",
                rates[1],
                rates[0],
                Target.AtLeast(0.85)
            ),
            RoundPair.OfSamples(
                $"VOPRF, {batch} elements, with proof: bare libsodium",
                "1/s",
                rates[2],
                rates[0],
                Target.AtLeast(0.7)
            ),
        ];
    }
}
