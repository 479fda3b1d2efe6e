using System.Buffers;
using Grpc.Core;

namespace SignalExchange.Silo.Forwarding;

/// <summary>Messages as bytes, by the marshallers of gRPC's methods.</summary>
internal static class Wire
{
    /// <summary>Returns a message's bytes.</summary>
    public static byte[] Write<T>(Marshaller<T> marshaller, T message)
    {
        var context = new Writing();
        marshaller.ContextualSerializer(message, context);
        return context.Bytes;
    }

    /// <summary>Reads a message.</summary>
    public static T Read<T>(Marshaller<T> marshaller, byte[] bytes) =>
        marshaller.ContextualDeserializer(new Reading(bytes));

    private sealed class Writing : SerializationContext
    {
        private readonly ArrayBufferWriter<byte> _writer = new();

        private byte[]? _payload;

        public byte[] Bytes => _payload ?? _writer.WrittenSpan.ToArray();

        public override void Complete(byte[] payload) => _payload = payload;

        public override IBufferWriter<byte> GetBufferWriter() => _writer;

        public override void SetPayloadLength(int payloadLength) { }

        public override void Complete() { }
    }

    private sealed class Reading(byte[] bytes) : DeserializationContext
    {
        public override int PayloadLength => bytes.Length;

        public override byte[] PayloadAsNewBuffer() => bytes;

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(bytes);
    }
}
