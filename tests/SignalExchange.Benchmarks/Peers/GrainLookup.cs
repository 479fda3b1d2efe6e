using SignalExchange.Contracts;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>A silo in the process, and a grain for each token that is asked about; those of a batch at the same time.</summary>
internal sealed class GrainLookup(IGrainFactory grains) : ITokenLookup
{
    public async ValueTask<IReadOnlyList<int>> Find(ReadOnlyMemory<byte> packedTokens)
    {
        var calls = new Task<bool>[packedTokens.Length / Token.Size];
        for (var place = 0; place < calls.Length; place++)
        {
            var token = new Token(packedTokens.Span.Slice(place * Token.Size, Token.Size));
            calls[place] = grains.GetGrain<ITokenGrain>(token.ToKeyString()).IsKnown().AsTask();
        }

        List<int>? found = null;
        for (var place = 0; place < calls.Length; place++)
        {
            if (await calls[place])
            {
                (found ??= []).Add(place);
            }
        }

        return found ?? (IReadOnlyList<int>)[];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
