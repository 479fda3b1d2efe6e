using Google.Protobuf;

namespace SignalExchange.Grains.Serialization;

/// <summary>Lets Orleans carry a contract message. (Orleans' own protobuf package could not be restored here.)</summary>
/// <typeparam name="T">The message.</typeparam>
public abstract class MessageConverter<T>(MessageParser<T> parser) : IConverter<T, MessageSurrogate>
    where T : IMessage<T>
{
    /// <inheritdoc/>
    public T ConvertFromSurrogate(in MessageSurrogate surrogate) => parser.ParseFrom(surrogate.Bytes);

    /// <inheritdoc/>
    public MessageSurrogate ConvertToSurrogate(in T value) => new(value.ToByteArray());
}
