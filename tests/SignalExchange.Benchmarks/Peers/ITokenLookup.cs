namespace SignalExchange.Benchmarks.Peers;

/// <summary>What a peer knows.</summary>
internal interface ITokenLookup : IAsyncDisposable
{
    /// <summary>Looks a batch up.</summary>
    /// <param name="packedTokens">The tokens, end to end.</param>
    /// <returns>The places of those that are known.</returns>
    ValueTask<IReadOnlyList<int>> Find(ReadOnlyMemory<byte> packedTokens);
}
