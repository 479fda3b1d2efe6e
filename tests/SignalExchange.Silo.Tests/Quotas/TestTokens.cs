using System.Buffers.Binary;
using Google.Protobuf;
using SignalExchange.Contracts;

namespace SignalExchange.Silo.Tests.Quotas;

/// <summary>Numbered tokens that nobody reported.</summary>
internal static class TestTokens
{
    /// <summary>Returns the tokens of numbers, packed.</summary>
    public static ByteString Pack(int from, int to)
    {
        var packed = new byte[(to - from) * Token.Size];
        for (var number = from; number < to; number++)
        {
            var token = packed.AsSpan((number - from) * Token.Size, Token.Size);
            BinaryPrimitives.WriteInt32BigEndian(token[28..], number);
        }

        return ByteString.CopyFrom(packed);
    }
}
