using System.Security.Cryptography;
using SignalExchange.AccessLog.Keys;

namespace SignalExchange.AccessLog.Tests;

/// <summary>Secrets of an exchange whose master key is one byte, repeated.</summary>
internal sealed class TestSecrets(byte master = 7) : ILogSecrets
{
    public void Derive(ReadOnlySpan<byte> purpose, Span<byte> key)
    {
        Span<byte> bytes = stackalloc byte[32];
        bytes.Fill(master);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, key, salt: [], purpose);
    }
}
