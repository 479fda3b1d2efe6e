using System.Globalization;
using NSec.Cryptography;

namespace SignalExchange.TransparencyLog.Notes;

/// <summary>A public key that signs notes, with its name: what is trusted.</summary>
/// <remarks>Immutable; safe from any thread. <see cref="ToString"/> is the text form; two with the same are equal.</remarks>
public sealed class VerifierKey : IEquatable<VerifierKey>
{
    private readonly PublicKey _key;
    private readonly byte[] _bytes;

    internal VerifierKey(string name, SignatureKind kind, PublicKey key)
    {
        (Name, Kind, _key) = (name, kind, key);
        _bytes = key.Export(KeyBlobFormat.RawPublicKey);
        Id = KeyName.IdOf(name, kind, _bytes);
    }

    /// <summary>Gets the key's name: the log's origin, or the witness's.</summary>
    public string Name { get; }

    /// <summary>Gets the number that, with the name, says which key a signature is of. Short: no proof of anything.</summary>
    public uint Id { get; }

    /// <summary>Gets what it signs.</summary>
    public SignatureKind Kind { get; }

    /// <summary>Gets the 32 bytes of the public key.</summary>
    public ReadOnlyMemory<byte> PublicKey => _bytes;

    /// <summary>Reads a key.</summary>
    /// <param name="text"><c>name+id+key</c>: eight lower-case hexadecimal digits, and base64 of the type byte and the key.</param>
    /// <exception cref="FormatException">It is no key, of another type, or its id is not its own; the message says which.</exception>
    public static VerifierKey Parse(string text)
    {
        var parts = text.Split('+', 3);
        if (
            parts is not [var name, { Length: 8 } id, var base64]
            || !KeyName.IsValid(name)
            || !StrictText.TryParseBase64(base64, out var bytes)
            || bytes.Length == 0
        )
        {
            throw new FormatException(
                "A verifier key is name+id+key, the id in eight hexadecimal digits, the key in base64."
            );
        }

        var kind = (SignatureKind)bytes[0];
        if (!Enum.IsDefined(kind))
        {
            throw new FormatException($"A verifier key of type {bytes[0]} is not known; 1 and 4 are.");
        }

        if (!NSec.Cryptography.PublicKey.TryImport(Ed25519, bytes.AsSpan(1), KeyBlobFormat.RawPublicKey, out var key))
        {
            throw new FormatException($"An Ed25519 public key has 32 bytes, got {bytes.Length - 1}, or is no point.");
        }

        var verifier = new VerifierKey(name, kind, key!);
        return verifier.IdText == id
            ? verifier
            : throw new FormatException("The verifier key's id is not that of its name and key.");
    }

    /// <summary>Verifies a signature.</summary>
    /// <param name="text">The text of the note, with its last newline.</param>
    /// <param name="signature">The signature, without the key's id.</param>
    /// <param name="time">When a witness signed; null for other signatures.</param>
    /// <returns>Whether the signature is this key's, over this text.</returns>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, out DateTimeOffset? time)
    {
        time = null;
        if (Kind is SignatureKind.Ed25519)
        {
            return Ed25519.Verify(_key, text, signature);
        }

        if (!CosignedMessage.TryReadTime(signature, out var signedAt))
        {
            return false;
        }

        time = signedAt;
        return Ed25519.Verify(_key, CosignedMessage.Make(signedAt, text), signature[sizeof(long)..]);
    }

    /// <summary>Returns <c>name+id+key</c>.</summary>
    public override string ToString() => $"{Name}+{IdText}+{Convert.ToBase64String([(byte)Kind, .. _bytes])}";

    /// <inheritdoc/>
    public bool Equals(VerifierKey? other) =>
        other is not null && Name == other.Name && Kind == other.Kind && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VerifierKey);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Id);

    private string IdText => Id.ToString("x8", CultureInfo.InvariantCulture);

    private static Ed25519 Ed25519 => SignatureAlgorithm.Ed25519;
}
