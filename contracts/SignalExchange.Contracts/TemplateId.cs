using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;

namespace SignalExchange.Contracts;

/// <summary>Names one template of an advertisement. Made by the exchange, opaque: it tells nothing of the ad or of its tokens.</summary>
/// <remarks>
/// The same for every member and for as long as the template is there; a platform keeps it beside the ad that it registered. Immutable;
/// safe from any thread.
/// </remarks>
public readonly record struct TemplateId
{
    /// <summary>The size on the wire, in bytes.</summary>
    public const int Size = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private TemplateId(ReadOnlySpan<byte> bytes)
    {
        _high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt128BigEndian(bytes[(Size / 2)..]);
    }

    /// <summary>Reads one.</summary>
    /// <param name="bytes">Exactly <see cref="Size"/> bytes.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public static TemplateId Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            ? new(bytes)
            : throw new ArgumentException($"A template's id has {Size} bytes, got {bytes.Length}.", nameof(bytes));

    /// <summary>Reads one from the form that <see cref="ToString"/> writes.</summary>
    /// <param name="text">64 hexadecimal digits.</param>
    /// <param name="id">The id; default if it is something else.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out TemplateId id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var isId =
            text is { Length: 2 * Size } && Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done;
        id = isId ? new(bytes) : default;
        return isId;
    }

    /// <summary>Writes the id.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt128BigEndian(destination[(Size / 2)..], _low);
    }

    /// <summary>Returns the bytes for a message.</summary>
    public ByteString ToByteString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return ByteString.CopyFrom(bytes);
    }

    /// <summary>Returns 64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
