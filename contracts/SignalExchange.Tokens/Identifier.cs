using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Tokens;

/// <summary>An identifier in its canonical form: what a platform holds, made the same however it was spelled.</summary>
/// <remarks>
/// Made by the canonical forms only, so it is always valid for its type. Stays inside the platform's process: it prints as
/// its type and nothing else, and no member gives the text away. Immutable; safe from any thread.
/// </remarks>
public sealed partial class Identifier : IEquatable<Identifier>
{
    private readonly byte[] _canonical;

    internal Identifier(IndicatorType type, byte[] canonical)
    {
        Type = type;
        _canonical = canonical;
    }

    /// <summary>Gets what kind of identifier it is.</summary>
    public IndicatorType Type { get; }

    /// <summary>Gets the canonical form's bytes: the VOPRF's input, never to be stored, logged or sent.</summary>
    internal ReadOnlySpan<byte> Canonical => _canonical;

    /// <summary>Returns a keyed hash, under which a platform may keep what it knows of the identifier.</summary>
    /// <param name="secret">At least 16 bytes that never leave the platform: who has them can test guesses.</param>
    /// <returns>The first 128 bits of HMAC-SHA-256 over type and canonical form.</returns>
    public UInt128 ComputeDigest(ReadOnlySpan<byte> secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.ASCII.GetBytes(IndicatorTypes.Slug(Type) + "\0"));
        hmac.AppendData(_canonical);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hmac.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>Returns <c>identifier:</c> and the type; nothing of the content.</summary>
    public override string ToString() => $"identifier:{IndicatorTypes.Slug(Type)}";

    /// <inheritdoc/>
    public bool Equals(Identifier? other) =>
        other is not null && Type == other.Type && _canonical.AsSpan().SequenceEqual(other._canonical);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Identifier);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Type);
        hash.AddBytes(_canonical);
        return hash.ToHashCode();
    }
}
