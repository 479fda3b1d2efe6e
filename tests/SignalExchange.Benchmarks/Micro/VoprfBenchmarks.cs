using BenchmarkDotNet.Attributes;
using SignalExchange.Benchmarks.Voprf;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Benchmarks.Micro;

/// <summary>The key holder's work on 32 elements. The time is that of one.</summary>
public class VoprfBenchmarks : IDisposable
{
    private const int Batch = 32;

    private readonly VoprfKey _key = VoprfKey.Generate();
    private readonly byte[] _secret = new byte[VoprfKey.SecretSize];
    private readonly byte[] _blinded = VoprfBenchmark.DrawElements(Batch);
    private readonly byte[] _evaluated = new byte[Batch * Ristretto.ElementSize];
    private readonly byte[] _proof = new byte[VoprfKey.ProofSize];

    public VoprfBenchmarks() => _key.Export(_secret);

    [Benchmark(Baseline = true, OperationsPerInvoke = Batch)]
    public bool BareMultiplications()
    {
        var isValid = true;
        for (var i = 0; i < Batch; i++)
        {
            isValid &= Ristretto.TryMultiply(_secret, Ristretto.At(_blinded, i), Ristretto.At(_evaluated.AsSpan(), i));
        }

        return isValid;
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void WithoutProof() => _key.EvaluateWithoutProof(_blinded, _evaluated);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void WithProof() => _key.Evaluate(_blinded, _evaluated, _proof);

    [GlobalCleanup]
    public void Dispose()
    {
        _key.Dispose();
        GC.SuppressFinalize(this);
    }
}
