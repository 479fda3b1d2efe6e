using System.Buffers.Binary;
using System.Security.Cryptography;
using SignalExchange.Contracts;

namespace SignalExchange.Index.Tests;

/// <summary>Tokens as they come, and tokens that somebody made to do harm.</summary>
internal static class TestTokens
{
    public static Token Random() => new(RandomNumberGenerator.GetBytes(Token.Size));

    public static byte[] RandomPacked(int count) => RandomNumberGenerator.GetBytes(count * Token.Size);

    /// <summary>A token whose first 24 bytes, all zero, are those of every other one made here.</summary>
    public static Token Alike(ulong number)
    {
        Span<byte> bytes = stackalloc byte[Token.Size];
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], number);
        return new(bytes);
    }
}
