using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Census;

/// <summary>Keeps the newest census of all signals, and says whose turn it is to take the next: one grain, key 0.</summary>
[Alias("signalexchange.census")]
public interface ISignalCensusGrain : IGrainWithIntegerKey
{
    /// <summary>Asks to take the next census, or to go on with it.</summary>
    /// <param name="silo">Who asks.</param>
    /// <param name="interval">How old the newest may become.</param>
    /// <returns>Whether to take it, or go on: it is due, and no other silo has been at it within the last minute.</returns>
    [Alias("Claim")]
    Task<bool> Claim(string silo, TimeSpan interval);

    /// <summary>Takes note of a census.</summary>
    [Alias("Report")]
    Task Report(SignalCensus census);

    /// <summary>Returns the newest census; null until the first is taken.</summary>
    [Alias("Newest")]
    Task<SignalCensus?> Newest();
}
