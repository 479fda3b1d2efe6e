using System.Buffers.Binary;
using FASTER.core;
using SignalExchange.Contracts;

namespace SignalExchange.Benchmarks.Index;

/// <summary>FASTER, all in memory, its locks off since one thread asks: the first 128 bits of each token and its summary.</summary>
internal sealed class FasterSubject : IProbeSubject, IFasterEqualityComparer<UInt128>
{
    private const uint Now = 50_000;

    // A header of 8 bytes, key and value, to the next 8; entries of the hash table lie seven to a line of 64 bytes.
    private const int RecordBytes = 32;
    private const int EntriesInLine = 7;
    private const int LineBytes = 64;

    private ClientSession<UInt128, uint, uint, uint, Empty, IFunctions<UInt128, uint, uint, uint, Empty>>? _session;

    public string Name => "FASTER";

    public void Fill(TokenSet tokens)
    {
        var store = new FasterKV<UInt128, uint>(
            new FasterKVSettings<UInt128, uint>
            {
                IndexSize = (long)
                    System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)tokens.Count / EntriesInLine * LineBytes),
                MemorySize = (long)
                    System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)tokens.Count * RecordBytes * 5 / 4),
                LogDevice = new NullDevice(),
                EqualityComparer = this,
                ConcurrencyControlMode = ConcurrencyControlMode.None,
            }
        );
        _session = store.NewSession<uint, uint, Empty>(new SimpleFunctions<UInt128, uint>());
        for (var i = 0; i < tokens.Count; i++)
        {
            _session.Upsert(BinaryPrimitives.ReadUInt128LittleEndian(tokens[i]), Now + 1);
        }
    }

    public bool Contains(ReadOnlySpan<byte> token)
    {
        var key = BinaryPrimitives.ReadUInt128LittleEndian(token);
        var summary = 0u;
        return _session!.Read(ref key, ref summary).Found && summary > Now;
    }

    public int CountHits(ReadOnlySpan<byte> packedTokens)
    {
        var hits = 0;
        for (; !packedTokens.IsEmpty; packedTokens = packedTokens[Token.Size..])
        {
            hits += Contains(packedTokens) ? 1 : 0;
        }

        return hits;
    }

    // Tokens are random already.
    public long GetHashCode64(ref UInt128 key) => (long)(ulong)key;

    public bool Equals(ref UInt128 left, ref UInt128 right) => left == right;
}
