using System.Diagnostics.CodeAnalysis;
using SignalExchange.Contracts.Audit;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.Client.Audit;

/// <summary>An Ed25519 public key that exports are checked with, as a verifier key of C2SP's signed notes states it.</summary>
/// <remarks>Form: name, "+", 8 hexadecimal digits, "+", base64 of a byte 0x01 and the key's 32 bytes. Safe from any thread.</remarks>
public sealed class ManifestKey : IManifestKey
{
    private readonly VerifierKey _key;

    private ManifestKey(VerifierKey key) => _key = key;

    /// <summary>Gets the key's name.</summary>
    public string Name => _key.Name;

    /// <summary>Reads a verifier key.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is one, with the right digits.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ManifestKey? key)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = null;
        try
        {
            var read = VerifierKey.Parse(text);
            key = read.Kind == SignatureKind.Ed25519 ? new(read) : null;
            return key is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        _key.Verify(message, signature, out _);
}
