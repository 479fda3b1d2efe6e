using System.Buffers.Binary;
using System.Numerics;

namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>Keccak-256 as Ethereum and Monero use it: the sponge of SHA-3 with the padding from before the standard.</summary>
/// <remarks>
/// .NET's SHA3_256 pads otherwise, and a library of several megabytes for one permutation is no bargain for those who
/// embed the SDK. Addresses are public, so nothing here needs to run in constant time.
/// </remarks>
internal static class Keccak256
{
    private const int Rate = 136;
    private const int Size = 32;

    // The constants of step iota (FIPS 202, 3.2.5).
    private static readonly ulong[] RoundConstants =
    [
        0x0000000000000001,
        0x0000000000008082,
        0x800000000000808A,
        0x8000000080008000,
        0x000000000000808B,
        0x0000000080000001,
        0x8000000080008081,
        0x8000000000008009,
        0x000000000000008A,
        0x0000000000000088,
        0x0000000080008009,
        0x000000008000000A,
        0x000000008000808B,
        0x800000000000008B,
        0x8000000000008089,
        0x8000000000008003,
        0x8000000000008002,
        0x8000000000000080,
        0x000000000000800A,
        0x800000008000000A,
        0x8000000080008081,
        0x8000000000008080,
        0x0000000080000001,
        0x8000000080008008,
    ];

    /// <summary>Returns the 32 bytes of the hash.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> message)
    {
        var state = new ulong[25];
        for (; message.Length >= Rate; message = message[Rate..])
        {
            Absorb(state, message[..Rate]);
        }

        Span<byte> last = stackalloc byte[Rate];
        last.Clear();
        message.CopyTo(last);
        last[message.Length] ^= 0x01;
        last[^1] ^= 0x80;
        Absorb(state, last);

        var hash = new byte[Size];
        for (var i = 0; i < Size / sizeof(ulong); i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(i * sizeof(ulong)), state[i]);
        }

        return hash;
    }

    private static void Absorb(ulong[] state, ReadOnlySpan<byte> block)
    {
        for (var i = 0; i < Rate / sizeof(ulong); i++)
        {
            state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(i * sizeof(ulong))..]);
        }

        foreach (var constant in RoundConstants)
        {
            Theta(state);
            RhoAndPi(state);
            Chi(state);
            state[0] ^= constant;
        }
    }

    private static void Theta(ulong[] state)
    {
        Span<ulong> columns = stackalloc ulong[5];
        for (var x = 0; x < 5; x++)
        {
            columns[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        }

        for (var i = 0; i < 25; i++)
        {
            state[i] ^= columns[(i + 4) % 5] ^ BitOperations.RotateLeft(columns[(i + 1) % 5], 1);
        }
    }

    // FIPS 202, 3.2.2 and 3.2.3: the t-th lane on pi's way is rotated by the t-th triangular number and moved to the next.
    private static void RhoAndPi(ulong[] state)
    {
        var (x, y) = (1, 0);
        var moved = state[1];
        for (var t = 1; t < state.Length; t++)
        {
            (x, y) = (y, ((2 * x) + (3 * y)) % 5);
            var lane = x + (5 * y);
            (state[lane], moved) = (BitOperations.RotateLeft(moved, t * (t + 1) / 2), state[lane]);
        }
    }

    private static void Chi(ulong[] state)
    {
        Span<ulong> row = stackalloc ulong[5];
        for (var y = 0; y < 25; y += 5)
        {
            state.AsSpan(y, 5).CopyTo(row);
            for (var x = 0; x < 5; x++)
            {
                state[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
            }
        }
    }
}
