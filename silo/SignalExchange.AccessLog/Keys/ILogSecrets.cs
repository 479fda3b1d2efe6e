namespace SignalExchange.AccessLog.Keys;

/// <summary>Where the log's wrapping keys come from: the exchange's master key, which the log never sees.</summary>
public interface ILogSecrets
{
    /// <summary>Derives the key of one purpose, the same each time.</summary>
    /// <param name="purpose">What the key is for; no two purposes get one key.</param>
    /// <param name="key">Where 32 bytes go; the caller clears them after use.</param>
    void Derive(ReadOnlySpan<byte> purpose, Span<byte> key);
}
