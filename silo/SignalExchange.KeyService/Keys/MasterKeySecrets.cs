namespace SignalExchange.KeyService.Keys;

/// <summary>Secrets derived from the master key.</summary>
/// <param name="store">Holds the master key.</param>
internal sealed class MasterKeySecrets(KeyStore store) : IExchangeSecrets
{
    /// <inheritdoc/>
    public byte[] Derive(ReadOnlySpan<byte> purpose)
    {
        // Set apart from the keys that seal: "secret/" stands before no other purpose.
        byte[] apart = [.. "signalexchange/secret/"u8, .. purpose];
        var key = new byte[MasterKey.DerivedSize];
        store.Master.Derive(apart, key);
        return key;
    }
}
