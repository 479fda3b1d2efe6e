using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SignalExchange.Tokens.Templates.Shingles;

/// <summary>Three least values to the canonical form of a band.</summary>
/// <remarks>
/// <code>c = SHA-256("SXad1" || 0x00 || u8 band || u32be v0 || u32be v1 || u32be v2)</code>
/// So only the same band of the same version can be equal. Never one or two values: what they stand for could be guessed.
/// </remarks>
internal static class BandInput
{
    /// <summary>How many least values make a band.</summary>
    public const int Rows = 3;

    private static ReadOnlySpan<byte> Version => "SXad1\0"u8;

    /// <summary>Returns the canonical form, 32 bytes.</summary>
    public static byte[] Of(int band, ReadOnlySpan<uint> rows)
    {
        Span<byte> text = stackalloc byte[Version.Length + 1 + (Rows * sizeof(uint))];
        Version.CopyTo(text);
        text[Version.Length] = (byte)band;
        for (var i = 0; i < Rows; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(text[(Version.Length + 1 + (i * sizeof(uint)))..], rows[i]);
        }

        return SHA256.HashData(text);
    }
}
