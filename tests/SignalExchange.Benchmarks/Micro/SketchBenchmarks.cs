using BenchmarkDotNet.Attributes;
using SignalExchange.Benchmarks.Index;
using SignalExchange.Grains.Quotas;
using SignalExchange.TestKit.Templates;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Benchmarks.Micro;

/// <summary>The sketches: of an ad of some 350 letters, and of the tokens of a day, which every check passes.</summary>
public class SketchBenchmarks
{
    private readonly TokenSketch _seen = TokenSketch.ForTokens();
    private readonly TokenSketch _trial = TokenSketch.ForTokens();
    private readonly TokenHash _hash = new(TokenHash.NewKey());
    private readonly byte[] _token = TokenSet.Draw(1).Packed.ToArray();

    [Benchmark]
    public AdSketchResult Ad() => AdSketch.From(SampleAds.Room);

    [Benchmark]
    public double OneMoreTokenOfTheDay()
    {
        _trial.CopyFrom(_seen);
        _trial.Add(_hash.Of(_token));
        return _trial.Estimate();
    }
}
