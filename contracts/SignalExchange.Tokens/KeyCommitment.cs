using System.Buffers.Binary;
using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens;

/// <summary>A VOPRF key as its users know it: its id and the public key that every evaluation is verified against.</summary>
/// <remarks>Pin it: another public key for the same type and epoch is an attack. Immutable; safe from any thread.</remarks>
public sealed class KeyCommitment : IEquatable<KeyCommitment>
{
    private readonly byte[] _publicKey;

    /// <summary>Creates the commitment.</summary>
    /// <param name="keyId">The key's id.</param>
    /// <param name="publicKey">The public key, copied.</param>
    /// <exception cref="ArgumentException">
    /// The public key is not a valid element, or the id's fingerprint is not the first eight bytes of its SHA-256.
    /// </exception>
    public KeyCommitment(KeyId keyId, ReadOnlyMemory<byte> publicKey)
    {
        if (!Ristretto.IsValidElement(publicKey.Span))
        {
            throw new ArgumentException($"The public key of {keyId} is not a valid element.", nameof(publicKey));
        }

        if (keyId.Fingerprint != Fingerprint(publicKey.Span))
        {
            throw new ArgumentException($"The public key is not the one that {keyId} names.", nameof(publicKey));
        }

        KeyId = keyId;
        _publicKey = publicKey.ToArray();
    }

    /// <summary>Gets the key's id.</summary>
    public KeyId KeyId { get; }

    /// <summary>Gets the public key, 32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>Makes the commitment to a public key: computes the id.</summary>
    /// <param name="type">What kind of identifier the key serves.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="publicKey">The public key, copied.</param>
    /// <exception cref="ArgumentException">The public key is not a valid element.</exception>
    public static KeyCommitment To(IndicatorType type, uint epoch, ReadOnlyMemory<byte> publicKey) =>
        new(new KeyId(type, epoch, Fingerprint(publicKey.Span)), publicKey);

    /// <summary>Returns the key's id.</summary>
    public override string ToString() => KeyId.ToString();

    /// <inheritdoc/>
    public bool Equals(KeyCommitment? other) =>
        other is not null && KeyId == other.KeyId && _publicKey.AsSpan().SequenceEqual(other._publicKey);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as KeyCommitment);

    /// <inheritdoc/>
    public override int GetHashCode() => KeyId.GetHashCode();

    private static ulong Fingerprint(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(publicKey, digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
