using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.Benchmarks.Micro;

/// <summary>What an entry of the access log costs its tree, beside the one hash that it cannot do without.</summary>
public class MerkleBenchmarks
{
    private const int LeafBytes = 92;

    private readonly MerkleFrontier _frontier = new();
    private readonly byte[] _leaf = RandomNumberGenerator.GetBytes(LeafBytes);
    private readonly byte[] _digest = new byte[SHA256.HashSizeInBytes];

    [Benchmark(Baseline = true)]
    public int Hash() => SHA256.HashData(_leaf, _digest);

    [Benchmark]
    public MerkleHash HashLeaf() => MerkleHashing.HashLeaf(_leaf);

    [Benchmark]
    public void Append() => _frontier.Append(MerkleHashing.HashLeaf(_leaf));

    [Benchmark]
    public MerkleHash Root() => _frontier.Root;
}
