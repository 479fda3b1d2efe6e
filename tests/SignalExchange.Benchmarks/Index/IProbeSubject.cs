namespace SignalExchange.Benchmarks.Index;

/// <summary>Something that can be asked whether it holds a token.</summary>
internal interface IProbeSubject
{
    /// <summary>Gets its name in the report.</summary>
    string Name { get; }

    /// <summary>Adds the tokens.</summary>
    void Fill(TokenSet tokens);

    /// <summary>Asks for one token.</summary>
    bool Contains(ReadOnlySpan<byte> token);

    /// <summary>Asks for a batch.</summary>
    /// <returns>The number of hits.</returns>
    int CountHits(ReadOnlySpan<byte> packedTokens);
}
