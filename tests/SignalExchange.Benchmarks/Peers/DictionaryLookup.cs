using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Contracts;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>The ceiling: a dictionary that nobody writes, asked on the call's own thread.</summary>
internal sealed class DictionaryLookup : ITokenLookup
{
    private readonly Dictionary<UInt128, uint> _tokens;

    public DictionaryLookup(int known)
    {
        _tokens = new(known);
        Span<byte> token = stackalloc byte[Token.Size];
        for (var number = 0; number < known; number++)
        {
            KnownTokens.Write(number, token);
            _tokens[BinaryPrimitives.ReadUInt128LittleEndian(token)] = 1;
        }
    }

    public ValueTask<IReadOnlyList<int>> Find(ReadOnlyMemory<byte> packedTokens)
    {
        List<int>? found = null;
        var tokens = packedTokens.Span;
        for (var place = 0; !tokens.IsEmpty; place++, tokens = tokens[Token.Size..])
        {
            ref var summary = ref CollectionsMarshal.GetValueRefOrNullRef(
                _tokens,
                BinaryPrimitives.ReadUInt128LittleEndian(tokens)
            );
            if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref summary))
            {
                (found ??= []).Add(place);
            }
        }

        return new(found ?? (IReadOnlyList<int>)[]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
