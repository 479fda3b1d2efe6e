using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;

namespace SignalExchange.Tokens.Templates.Shingles;

/// <summary>For each of 144 public functions the least value over a set: equal for two sets as often as they share members.</summary>
/// <remarks>
/// <code>
/// d = SHA-256("SignalExchange/ad/v1/perm/" || i in decimal)
/// f_i(x) = (u32be(d[0..4]) | 1) * x + u32be(d[4..8])          mod 2^32
/// </code>
/// Eight functions a vector and three vectors at a time, so that all stays in registers. Pure; safe from any thread.
/// </remarks>
internal static class MinHash
{
    /// <summary>How many functions there are.</summary>
    public const int Functions = 144;

    private const int VectorsAtATime = 3;

    private static readonly uint[] Multipliers = new uint[Functions];
    private static readonly uint[] Offsets = new uint[Functions];

    static MinHash()
    {
        for (var i = 0; i < Functions; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"SignalExchange/ad/v1/perm/{i}");
            var digest = SHA256.HashData(Encoding.ASCII.GetBytes(name));
            Multipliers[i] = BinaryPrimitives.ReadUInt32BigEndian(digest) | 1;
            Offsets[i] = BinaryPrimitives.ReadUInt32BigEndian(digest.AsSpan(sizeof(uint)));
        }
    }

    /// <summary>Returns a function's value.</summary>
    public static uint Value(int function, uint shingle) =>
        unchecked((Multipliers[function] * shingle) + Offsets[function]);

    /// <summary>Computes the least values of a set.</summary>
    /// <param name="shingles">The set; for an empty one every least value is the greatest number.</param>
    /// <param name="least">Where they go: <see cref="Functions"/> values.</param>
    public static void Compute(ReadOnlySpan<uint> shingles, Span<uint> least)
    {
        var multipliers = MemoryMarshal.Cast<uint, Vector256<uint>>(Multipliers);
        var offsets = MemoryMarshal.Cast<uint, Vector256<uint>>(Offsets);
        var results = MemoryMarshal.Cast<uint, Vector256<uint>>(least);
        for (var i = 0; i < results.Length; i += VectorsAtATime)
        {
            var (a, b, c) = (Vector256<uint>.AllBitsSet, Vector256<uint>.AllBitsSet, Vector256<uint>.AllBitsSet);
            var (ma, mb, mc) = (multipliers[i], multipliers[i + 1], multipliers[i + 2]);
            var (oa, ob, oc) = (offsets[i], offsets[i + 1], offsets[i + 2]);
            foreach (var shingle in shingles)
            {
                var x = Vector256.Create(shingle);
                a = Vector256.Min(a, (x * ma) + oa);
                b = Vector256.Min(b, (x * mb) + ob);
                c = Vector256.Min(c, (x * mc) + oc);
            }

            (results[i], results[i + 1], results[i + 2]) = (a, b, c);
        }
    }
}
