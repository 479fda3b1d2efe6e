using System.Buffers.Binary;
using System.Text;

namespace SignalExchange.KeyService.Keys;

/// <summary>Writes the parts of records one after the other into a buffer that holds exactly them.</summary>
internal ref struct RecordWriter(Span<byte> buffer)
{
    private Span<byte> _rest = buffer;

    /// <summary>Returns the place of the next bytes, for others to write.</summary>
    internal Span<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>Writes a text behind its length of one byte.</summary>
    internal void WriteText(string text)
    {
        Take(1)[0] = checked((byte)text.Length);
        Encoding.ASCII.GetBytes(text, Take(text.Length));
    }

    /// <summary>Writes seconds since 1970, big-endian; 0 is none.</summary>
    internal void WriteTime(DateTimeOffset? time) =>
        BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), time?.ToUnixTimeSeconds() ?? 0);
}
