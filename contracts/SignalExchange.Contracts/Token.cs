using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace SignalExchange.Contracts;

/// <summary>The keyed, one-way name of an identifier: 32 bytes, the output of the VOPRF for one type and key epoch.</summary>
/// <remarks>
/// Pseudonymous, not anonymous: whoever can query the key service can test guesses. So it prints as <c>token:</c> and its
/// first four bytes only. Immutable; safe from any thread.
/// </remarks>
public readonly struct Token : IEquatable<Token>, IComparable<Token>
{
    /// <summary>The size of a token, in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Reads a token.</summary>
    /// <param name="bytes">Exactly <see cref="Size"/> bytes.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public Token(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A token has {Size} bytes, got {bytes.Length}.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>Gets the first 64 bits, the most significant byte first: what shards and the index go by.</summary>
    public ulong Prefix => _a;

    /// <summary>Reads a token from the form that <see cref="ToKeyString"/> writes.</summary>
    /// <param name="key">64 lower-case hexadecimal digits.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Token FromKeyString(ReadOnlySpan<char> key) => new(Convert.FromHexString(key));

    /// <summary>Writes the token.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>Returns the token's bytes in a new array.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Returns the whole token as 64 lower-case hexadecimal digits: a grain's key, never a log's or a span's.</summary>
    public string ToKeyString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>Returns <c>token:</c> and the first four bytes: enough to tell two apart on a page, too little to look one up.</summary>
    public override string ToString() => $"token:{_a >> 32:x8}";

    /// <inheritdoc/>
    public bool Equals(Token other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Token other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b, _c, _d);

    /// <inheritdoc/>
    public int CompareTo(Token other) => (_a, _b, _c, _d).CompareTo((other._a, other._b, other._c, other._d));

    /// <summary>Compares two tokens.</summary>
    public static bool operator ==(Token left, Token right) => left.Equals(right);

    /// <summary>Compares two tokens.</summary>
    public static bool operator !=(Token left, Token right) => !left.Equals(right);

    /// <summary>Compares two tokens by their bytes.</summary>
    public static bool operator <(Token left, Token right) => left.CompareTo(right) < 0;

    /// <summary>Compares two tokens by their bytes.</summary>
    public static bool operator <=(Token left, Token right) => left.CompareTo(right) <= 0;

    /// <summary>Compares two tokens by their bytes.</summary>
    public static bool operator >(Token left, Token right) => left.CompareTo(right) > 0;

    /// <summary>Compares two tokens by their bytes.</summary>
    public static bool operator >=(Token left, Token right) => left.CompareTo(right) >= 0;
}
