using System.Buffers.Binary;

namespace SignalExchange.Benchmarks.Index;

/// <summary>The least that could do: the first 64 bits of each token, no summary, one thread at a time.</summary>
internal sealed class HashSetSubject : IProbeSubject
{
    private HashSet<ulong> _tokens = [];

    public string Name => "HashSet<ulong>";

    public void Fill(TokenSet tokens)
    {
        _tokens = new(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            _tokens.Add(BinaryPrimitives.ReadUInt64LittleEndian(tokens[i]));
        }
    }

    public bool Contains(ReadOnlySpan<byte> token) => _tokens.Contains(BinaryPrimitives.ReadUInt64LittleEndian(token));

    public int CountHits(ReadOnlySpan<byte> packedTokens)
    {
        var hits = 0;
        for (; !packedTokens.IsEmpty; packedTokens = packedTokens[Contracts.Token.Size..])
        {
            hits += Contains(packedTokens) ? 1 : 0;
        }

        return hits;
    }
}
