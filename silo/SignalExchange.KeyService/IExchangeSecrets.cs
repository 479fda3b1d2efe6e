namespace SignalExchange.KeyService;

/// <summary>Secrets of the exchange that are not VOPRF keys, each derived from the master key for one purpose.</summary>
/// <remarks>Safe from any thread.</remarks>
public interface IExchangeSecrets
{
    /// <summary>Derives 32 bytes, the same for the same purpose as long as the master key is the same.</summary>
    /// <param name="purpose">What they are for; another purpose gives unrelated bytes.</param>
    byte[] Derive(ReadOnlySpan<byte> purpose);
}
