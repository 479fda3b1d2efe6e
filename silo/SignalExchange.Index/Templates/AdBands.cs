using SignalExchange.Contracts;
using SignalExchange.Index.Tables;
using SignalExchange.Storage;

namespace SignalExchange.Index.Templates;

/// <summary>The bands of one ad as this process names them: a keyed hash of each, whose key lives and dies with the process.</summary>
internal static class AdBands
{
    /// <summary>Names the bands of tokens, as members send them.</summary>
    /// <param name="key">The process's key.</param>
    /// <param name="bands">The bands, one after the other.</param>
    /// <param name="size">The bytes of each; of a longer one the first <see cref="TemplateChange.BandSize"/> count.</param>
    /// <param name="hashes">Receives <see cref="Limits.BandsPerAd"/> names.</param>
    public static void Name(FingerprintKey key, ReadOnlySpan<byte> bands, int size, Span<ulong> hashes)
    {
        Span<byte> padded = stackalloc byte[Token.Size];
        padded.Clear();
        for (var band = 0; band < hashes.Length; band++)
        {
            bands.Slice(band * size, TemplateChange.BandSize).CopyTo(padded);
            hashes[band] = key.Of(padded).Value;
        }
    }

    /// <summary>Names a member: a keyed hash as well, so that counters and sketches say whose they are in a few bytes.</summary>
    public static ulong NameOf(FingerprintKey key, string member)
    {
        Span<byte> padded = stackalloc byte[Token.Size];
        padded.Clear();
        _ = System.Text.Encoding.UTF8.TryGetBytes(member, padded, out _);
        return key.Of(padded).Value;
    }

    /// <summary>Returns the part of a name that tables hold.</summary>
    public static uint FingerprintOf(ulong hash) => (uint)hash;
}
