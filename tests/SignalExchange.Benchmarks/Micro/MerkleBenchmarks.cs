using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.Benchmarks.Micro;

/// <summary>What an entry of the access log costs its tree, beside the one hash that it cannot do without.</summary>
public class MerkleBenchmarks
{
    private const int LeafBytes = 92;

    // A full subtree of every size below a million: the root that takes the most nodes.
    private const int Leaves = (1 << 20) - 1;

    private readonly MerkleFrontier _frontier = new();
    private readonly byte[] _leaf = RandomNumberGenerator.GetBytes(LeafBytes);
    private readonly byte[] _digest = new byte[SHA256.HashSizeInBytes];

    // Each benchmark has an instance of its own, whose tree is empty.
    [GlobalSetup(Target = nameof(Root))]
    public void Grow()
    {
        var leaf = MerkleHashing.HashLeaf(_leaf);
        for (var i = 0; i < Leaves; i++)
        {
            _frontier.Append(leaf);
        }
    }

    [Benchmark(Baseline = true)]
    public int Hash() => SHA256.HashData(_leaf, _digest);

    [Benchmark]
    public MerkleHash HashLeaf() => MerkleHashing.HashLeaf(_leaf);

    [Benchmark]
    public void Append() => _frontier.Append(MerkleHashing.HashLeaf(_leaf));

    [Benchmark]
    public MerkleHash Root() => _frontier.Root;
}
