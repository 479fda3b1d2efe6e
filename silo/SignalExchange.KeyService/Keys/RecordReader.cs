using System.Buffers.Binary;
using System.Text;

namespace SignalExchange.KeyService.Keys;

/// <summary>Reads the parts of records one after the other.</summary>
/// <remarks>What ends too early throws <see cref="ArgumentOutOfRangeException"/>.</remarks>
internal ref struct RecordReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Gets whether everything was read.</summary>
    internal readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads so many bytes.</summary>
    internal ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>Reads a text behind its length of one byte.</summary>
    internal string ReadText()
    {
        var length = Take(1)[0];
        return Encoding.ASCII.GetString(Take(length));
    }

    /// <summary>Reads seconds since 1970, big-endian; 0 is none.</summary>
    internal DateTimeOffset? ReadTime()
    {
        var seconds = BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));
        return seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
