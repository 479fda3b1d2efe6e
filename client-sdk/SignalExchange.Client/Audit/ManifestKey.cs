using System.Diagnostics.CodeAnalysis;
using NSec.Cryptography;
using SignalExchange.Contracts.Audit;

namespace SignalExchange.Client.Audit;

/// <summary>An Ed25519 public key that exports are checked with, as a verifier key of C2SP's signed notes states it.</summary>
/// <remarks>Form: name, "+", 8 hexadecimal digits, "+", base64 of a byte 0x01 and the key's 32 bytes. Safe from any thread.</remarks>
public sealed class ManifestKey : IManifestKey
{
    private const byte Ed25519 = 0x01;

    private readonly PublicKey _key;

    private ManifestKey(string name, PublicKey key) => (Name, _key) = (name, key);

    /// <summary>Gets the key's name.</summary>
    public string Name { get; }

    /// <summary>Reads a verifier key.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is one, with the right digits.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ManifestKey? key)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = null;
        Span<byte> bytes = stackalloc byte[1 + 32];
        // The key's base64 may hold a "+" itself.
        if (
            text.Split('+', 3) is not [{ Length: > 0 } name, { Length: 8 } digits, var encoded]
            || !Convert.TryFromBase64String(encoded, bytes, out var length)
            || length != bytes.Length
            || bytes[0] != Ed25519
            || digits != IdOf(name, bytes)
            || !PublicKey.TryImport(
                SignatureAlgorithm.Ed25519,
                bytes[1..],
                KeyBlobFormat.RawPublicKey,
                out var imported
            )
        )
        {
            return false;
        }

        key = new(name, imported!);
        return true;
    }

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        SignatureAlgorithm.Ed25519.Verify(_key, message, signature);

    // C2SP signed-note: the first four bytes of SHA-256(name || 0x0A || type || key).
    private static string IdOf(string name, ReadOnlySpan<byte> typeAndKey) =>
        Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData([
                .. System.Text.Encoding.UTF8.GetBytes(name),
                0x0A,
                .. typeAndKey,
            ])
        )[..8];
}
