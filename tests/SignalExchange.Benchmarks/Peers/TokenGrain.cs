namespace SignalExchange.Benchmarks.Peers;

/// <summary>Knows nothing and reads nothing: cheaper than any grain that had to look its state up.</summary>
public sealed class TokenGrain : Grain, ITokenGrain
{
    /// <inheritdoc/>
    public ValueTask<bool> IsKnown() => new(false);
}
