using BenchmarkDotNet.Attributes;
using SignalExchange.Benchmarks.Index;
using SignalExchange.Contracts;

namespace SignalExchange.Benchmarks.Micro;

/// <summary>A thousand tokens that nobody reported, at a million indicators. The time is that of one.</summary>
public class IndexProbeBenchmarks
{
    private const int Indicators = 1_000_000;
    private const int Batch = 1_000;
    private const int Windows = 500;

    private readonly LocalIndexSubject _index = new();
    private readonly HashSetSubject _set = new();
    private byte[] _misses = [];
    private int _window;

    [GlobalSetup]
    public void Fill()
    {
        var tokens = TokenSet.Draw(Indicators);
        _index.Fill(tokens);
        _set.Fill(tokens);
        _misses = TokenSet.Draw(Batch * Windows).Packed.ToArray();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Batch)]
    public int HashSetOfPrefixes() => _set.CountHits(Next());

    [Benchmark(OperationsPerInvoke = Batch)]
    public int LocalIndexInBatches() => _index.CountHits(Next());

    [Benchmark(OperationsPerInvoke = Batch)]
    public int LocalIndexOneByOne()
    {
        var hits = 0;
        for (var rest = Next(); !rest.IsEmpty; rest = rest[Token.Size..])
        {
            hits += _index.Contains(rest[..Token.Size]) ? 1 : 0;
        }

        return hits;
    }

    private ReadOnlySpan<byte> Next()
    {
        _window = (_window + 1) % Windows;
        return _misses.AsSpan(_window * Batch * Token.Size, Batch * Token.Size);
    }
}
