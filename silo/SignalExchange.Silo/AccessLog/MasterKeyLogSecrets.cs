using SignalExchange.AccessLog.Keys;
using SignalExchange.KeyService;

namespace SignalExchange.Silo.AccessLog;

/// <summary>The log's wrapping keys, from the exchange's master key.</summary>
internal sealed class MasterKeyLogSecrets(IExchangeSecrets secrets) : ILogSecrets
{
    /// <inheritdoc/>
    public void Derive(ReadOnlySpan<byte> purpose, Span<byte> key)
    {
        byte[] apart = [.. "access-log/"u8, .. purpose];
        var derived = secrets.Derive(apart);
        derived.CopyTo(key);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(derived);
    }
}
