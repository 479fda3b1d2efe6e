using System.Buffers.Binary;
using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Index.Tests.Templates;

/// <summary>Ads as the index sees them: 48 tokens, random but for what they share.</summary>
internal static class TestAds
{
    public const int Bytes = Limits.BandsPerAd * Token.Size;

    public static byte[] Random() => RandomNumberGenerator.GetBytes(Bytes);

    /// <summary>An ad that has some bands of another, from a band on, and is random otherwise.</summary>
    public static byte[] Sharing(byte[] other, int bands, int from = 0)
    {
        var ad = Random();
        var start = from * Token.Size;
        other.AsSpan(start, bands * Token.Size).CopyTo(ad.AsSpan(start));
        return ad;
    }

    /// <summary>What is kept of an ad: of each token the first half.</summary>
    public static ReadOnlyMemory<byte> SketchOf(byte[] ad) =>
        ad.Chunk(Token.Size).SelectMany(token => token.Take(TemplateChange.BandSize)).ToArray();

    public static TemplateChange ChangeOf(DateTimeOffset registeredAt, string owner, int first, params byte[][] ads) =>
        new(registeredAt, owner, first, Array.ConvertAll(ads, SketchOf));

    public static TemplateChange ChangeOf(params byte[][] ads) => ChangeOf(DateTimeOffset.UnixEpoch, "a", 0, ads);

    /// <summary>A change's detail as <see cref="TestTemplateReader"/> reads it.</summary>
    public static byte[] DetailOf(TemplateChange change)
    {
        var head = new byte[TestTemplateReader.HeadSize];
        head[0] = TestTemplateReader.Mark;
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(1), change.RegisteredAt.UtcTicks);
        (head[9], head[10]) = ((byte)change.Owner.Single(), (byte)change.FirstSketch);
        return [.. head, .. change.Sketches.SelectMany(sketch => sketch.ToArray())];
    }
}
