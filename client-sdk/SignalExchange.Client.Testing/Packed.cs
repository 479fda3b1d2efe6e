using Google.Protobuf;
using SignalExchange.Contracts;

namespace SignalExchange.Client.Testing;

/// <summary>What stands packed in a message, 32 bytes each.</summary>
internal static class Packed
{
    public static IEnumerable<ReadOnlyMemory<byte>> Split(ByteString packed) =>
        Enumerable
            .Range(0, packed.Length / Token.Size)
            .Select(place => packed.Memory.Slice(place * Token.Size, Token.Size));

    public static Token[] Tokens(ByteString packed) => [.. Split(packed).Select(bytes => new Token(bytes.Span))];
}
