namespace SignalExchange.Benchmarks.Peers;

/// <summary>One token, as the first design would have it.</summary>
[Alias("signalexchange.benchmarks.token")]
public interface ITokenGrain : IGrainWithStringKey
{
    /// <summary>Whether somebody has reported it.</summary>
    [Alias("is-known")]
    ValueTask<bool> IsKnown();
}
