using System.Buffers.Binary;
using System.Security.Cryptography;
using SignalExchange.Contracts;

namespace SignalExchange.Benchmarks.Exchanges;

/// <summary>Tokens that every process of a run can make again: the indicators that all sides hold.</summary>
internal static class KnownTokens
{
    /// <summary>Returns the token of a number.</summary>
    public static Token At(int number)
    {
        Span<byte> bytes = stackalloc byte[Token.Size];
        Write(number, bytes);
        return new(bytes);
    }

    /// <summary>Writes the token of a number.</summary>
    public static void Write(int number, Span<byte> destination)
    {
        Span<byte> source = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(source, number);
        SHA256.HashData(source, destination[..Token.Size]);
    }
}
