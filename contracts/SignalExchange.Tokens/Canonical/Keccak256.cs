using System.Buffers.Binary;
using System.Numerics;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Keccak-256 as Ethereum uses it: the submission to NIST, whose padding differs from that of SHA-3.</summary>
/// <remarks>
/// The runtime has SHA-3 only, and a whole cryptography library for a checksum would be carried into every platform. Not for secrets:
/// it is used on public addresses of 40 bytes. https://keccak.team/keccak_specs_summary.html
/// </remarks>
internal static class Keccak256
{
    private const int Rate = 136;
    private const int Rounds = 24;

    private static readonly int[] Rotations =
    [
        1,
        3,
        6,
        10,
        15,
        21,
        28,
        36,
        45,
        55,
        2,
        14,
        27,
        41,
        56,
        8,
        25,
        43,
        62,
        18,
        39,
        61,
        20,
        44,
    ];
    private static readonly int[] Lanes =
    [
        10,
        7,
        11,
        17,
        18,
        3,
        5,
        16,
        8,
        21,
        24,
        4,
        15,
        23,
        19,
        13,
        12,
        2,
        20,
        14,
        22,
        9,
        6,
        1,
    ];
    private static readonly ulong[] RoundConstants = MakeRoundConstants();

    /// <summary>Returns the hash, 32 bytes, of at most 135 bytes.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(data.Length, Rate);
        Span<byte> block = stackalloc byte[Rate];
        block.Clear();
        data.CopyTo(block);
        block[data.Length] = 0x01;
        block[^1] |= 0x80;
        Span<ulong> state = stackalloc ulong[25];
        state.Clear();
        for (var lane = 0; lane < Rate / sizeof(ulong); lane++)
        {
            state[lane] = BinaryPrimitives.ReadUInt64LittleEndian(block[(lane * sizeof(ulong))..]);
        }

        Permute(state);
        var hash = new byte[32];
        for (var lane = 0; lane < 4; lane++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(lane * sizeof(ulong)), state[lane]);
        }

        return hash;
    }

    private static void Permute(Span<ulong> state)
    {
        Span<ulong> row = stackalloc ulong[5];
        for (var round = 0; round < Rounds; round++)
        {
            Theta(state, row);
            RhoPi(state);
            Chi(state, row);
            state[0] ^= RoundConstants[round];
        }
    }

    private static void Theta(Span<ulong> state, Span<ulong> parity)
    {
        for (var x = 0; x < 5; x++)
        {
            parity[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        }

        for (var x = 0; x < 5; x++)
        {
            var change = parity[(x + 4) % 5] ^ BitOperations.RotateLeft(parity[(x + 1) % 5], 1);
            for (var y = 0; y < 25; y += 5)
            {
                state[y + x] ^= change;
            }
        }
    }

    private static void RhoPi(Span<ulong> state)
    {
        var carried = state[1];
        for (var step = 0; step < Lanes.Length; step++)
        {
            var lane = Lanes[step];
            (carried, state[lane]) = (state[lane], BitOperations.RotateLeft(carried, Rotations[step]));
        }
    }

    private static void Chi(Span<ulong> state, Span<ulong> row)
    {
        for (var y = 0; y < 25; y += 5)
        {
            state.Slice(y, 5).CopyTo(row);
            for (var x = 0; x < 5; x++)
            {
                state[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
            }
        }
    }

    /// <summary>The constants come out of a shift register of eight bits (x^8 + x^6 + x^5 + x^4 + 1).</summary>
    private static ulong[] MakeRoundConstants()
    {
        var constants = new ulong[Rounds];
        var register = 1;
        for (var round = 0; round < Rounds; round++)
        {
            for (var power = 0; power < 7; power++)
            {
                constants[round] |= (ulong)(register & 1) << ((1 << power) - 1);
                register = (register << 1) ^ ((register >> 7) * 0x171);
            }
        }

        return constants;
    }
}
