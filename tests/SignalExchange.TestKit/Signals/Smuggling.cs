using Google.Protobuf;

namespace SignalExchange.TestKit.Signals;

/// <summary>Puts into a message what its contract has no field for, as a client of another contract would.</summary>
public static class Smuggling
{
    private const int FieldNumber = 900;

    /// <summary>Returns the message with a text in a field of its own making.</summary>
    public static T Smuggle<T>(this T message, string text)
        where T : IMessage, new()
    {
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(FieldNumber, WireFormat.WireType.LengthDelimited);
            output.WriteString(text);
        }

        var changed = new T();
        changed.MergeFrom(bytes.ToArray());
        return changed;
    }
}
