using BenchmarkDotNet.Attributes;
using SignalExchange.Benchmarks.Index;
using SignalExchange.Grains.Quotas;
using SignalExchange.TestKit.Templates;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Benchmarks.Micro;

/// <summary>The sketches: of an ad of some 350 letters, and of the tokens of a day, which every check passes.</summary>
public class SketchBenchmarks
{
    private const int TokensOfTheDay = 20_000;

    private readonly TokenSketch _seen = TokenSketch.ForTokens();
    private readonly TokenSketch _trial = TokenSketch.ForTokens();
    private readonly TokenHash _hash = new(TokenHash.NewKey());
    private readonly byte[] _token = TokenSet.Draw(1).Packed.ToArray();

    [GlobalSetup(Target = nameof(OneMoreTokenOfTheDay))]
    public void SeeTokens()
    {
        var tokens = TokenSet.Draw(TokensOfTheDay);
        for (var i = 0; i < tokens.Count; i++)
        {
            _seen.Add(_hash.Of(tokens[i]));
        }
    }

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
