using System.Buffers.Binary;
using System.Security.Cryptography;
using Google.Protobuf;

namespace SignalExchange.Contracts;

/// <summary>Names one signal, through all its revisions and through key rotation. Made by the exchange; 128 random bits.</summary>
/// <param name="Value">The bits, most significant byte first on the wire.</param>
public readonly record struct SignalId(UInt128 Value)
{
    /// <summary>The size on the wire, in bytes.</summary>
    public const int Size = 16;

    /// <summary>Makes a new one from the operating system's randomness.</summary>
    public static SignalId NewId()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return Read(bytes);
    }

    /// <summary>Reads one.</summary>
    /// <param name="bytes">Exactly <see cref="Size"/> bytes.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public static SignalId Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes))
            : throw new ArgumentException($"An id has {Size} bytes, got {bytes.Length}.", nameof(bytes));

    /// <summary>Returns the bytes for a message.</summary>
    public ByteString ToByteString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return ByteString.CopyFrom(bytes);
    }

    /// <summary>Returns 32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
