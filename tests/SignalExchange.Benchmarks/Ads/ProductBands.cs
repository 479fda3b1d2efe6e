using System.Buffers.Binary;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>Bands as the product makes them.</summary>
internal static class ProductBands
{
    /// <summary>Returns the bands of an ad; null if it is refused.</summary>
    public static ulong[]? Of(string text) => AdSketch.From(text).Sketch is { } sketch ? Of(sketch) : null;

    /// <summary>Returns what tells the bands of a sketch from others: 64 bits of each input.</summary>
    public static ulong[] Of(AdSketch sketch) =>
        [.. sketch.BandInputs.Select(band => BinaryPrimitives.ReadUInt64BigEndian(band.Canonical))];
}
