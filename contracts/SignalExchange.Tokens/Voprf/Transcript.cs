using System.Buffers.Binary;

namespace SignalExchange.Tokens.Voprf;

/// <summary>Writes what RFC 9497 hashes into a buffer of the caller: lengths and indices have two bytes, the most significant first.</summary>
internal ref struct Transcript(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length;

    /// <summary>Gets what was appended so far.</summary>
    internal readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>Appends bytes.</summary>
    internal void Append(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[_length..]);
        _length += bytes.Length;
    }

    /// <summary>Appends a length or an index.</summary>
    /// <exception cref="OverflowException">It is not below 65,536.</exception>
    internal void Append(int number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[_length..], checked((ushort)number));
        _length += sizeof(ushort);
    }

    /// <summary>Appends the length and then the bytes.</summary>
    internal void AppendPrefixed(scoped ReadOnlySpan<byte> bytes)
    {
        Append(bytes.Length);
        Append(bytes);
    }
}
