using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SignalExchange.Tokens.Voprf;

/// <summary>SHA-512 over pieces, without a copy and without the heap. Leaves nothing of its input behind.</summary>
internal ref struct Sha512
{
    internal const int BlockSize = 128;
    internal const int DigestSize = 64;

    private static readonly Sha512State ZeroBlock = HashZeroBlock();

    private Sha512State _state;

    /// <summary>Starts a hash.</summary>
    public Sha512() => _ = Sodium.Sha512Init(ref _state);

    private Sha512(Sha512State state) => _state = state;

    /// <summary>Starts a hash that has taken in <see cref="BlockSize"/> zeros, which is where every expanded message begins.</summary>
    internal static Sha512 AfterZeroBlock() => new(ZeroBlock);

    /// <summary>Appends bytes.</summary>
    internal void Append(scoped ReadOnlySpan<byte> bytes) =>
        _ = Sodium.Sha512Update(ref _state, bytes, (ulong)bytes.Length);

    /// <summary>Appends one byte.</summary>
    internal void Append(byte value) => Append([value]);

    /// <summary>Appends the length in two bytes, most significant first, and then the bytes.</summary>
    /// <exception cref="OverflowException">There are more than 65,535 bytes.</exception>
    internal void AppendPrefixed(scoped ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)bytes.Length));
        Append(length);
        Append(bytes);
    }

    /// <summary>Writes the digest and forgets the input. The hash cannot be used again.</summary>
    /// <param name="digest">At least <see cref="DigestSize"/> bytes.</param>
    internal void Finish(scoped Span<byte> digest)
    {
        _ = Sodium.Sha512Final(ref _state, digest[..DigestSize]);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Sha512State>(ref _state)));
    }

    private static Sha512State HashZeroBlock()
    {
        var hash = new Sha512();
        hash.Append(stackalloc byte[BlockSize]);
        return hash._state;
    }
}
