using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SignalExchange.Tokens.Templates;
using SignalExchange.Tokens.Templates.Shingles;
using SignalExchange.Tokens.Templates.Skeletons;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>Bands as other functions would make them of the same letters: the product's are one draw of many, and a figure of one draw is partly luck.</summary>
internal sealed class OtherFunctions
{
    private readonly (uint Multiplier, uint Offset)[] _functions;

    /// <summary>Draws the functions of a number.</summary>
    public OtherFunctions(int draw) =>
        _functions = [
            .. Enumerable
                .Range(0, MinHash.Functions)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"SignalExchange/ad/draw/{draw}/perm/{i}"))
                .Select(name => SHA256.HashData(Encoding.ASCII.GetBytes(name)))
                .Select(digest =>
                    (
                        BinaryPrimitives.ReadUInt32BigEndian(digest) | 1,
                        BinaryPrimitives.ReadUInt32BigEndian(digest.AsSpan(sizeof(uint)))
                    )
                ),
        ];

    /// <summary>Returns the bands of an ad; null if it is refused.</summary>
    public ulong[]? BandsOf(string text)
    {
        var skeleton = Skeleton.Of(text);
        var shingles = ShingleSet.Of(skeleton.Letters);
        return AdSketch.Check(skeleton, shingles.Length) is AdProblem.None ? BandsOf(shingles) : null;
    }

    private ulong[] BandsOf(uint[] shingles)
    {
        var least = Array.ConvertAll(_functions, it => shingles.Min(x => unchecked((it.Multiplier * x) + it.Offset)));
        return
        [
            .. least
                .Chunk(BandInput.Rows)
                .Select((rows, band) => BinaryPrimitives.ReadUInt64BigEndian(BandInput.Of(band, rows))),
        ];
    }
}
