using System.Buffers.Binary;

namespace SignalExchange.Benchmarks.Index;

/// <summary>What one would write first: the first 128 bits of each token and its summary, one thread at a time.</summary>
internal sealed class DictionarySubject : IProbeSubject
{
    private const uint Now = 50_000;

    private Dictionary<UInt128, uint> _tokens = [];

    public string Name => "Dictionary<UInt128, uint>";

    public void Fill(TokenSet tokens)
    {
        _tokens = new(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            _tokens[BinaryPrimitives.ReadUInt128LittleEndian(tokens[i])] = Now + 1;
        }
    }

    public bool Contains(ReadOnlySpan<byte> token) =>
        _tokens.TryGetValue(BinaryPrimitives.ReadUInt128LittleEndian(token), out var summary) && summary > Now;

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
