using System.Security.Cryptography;
using System.Text;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Demo;

/// <summary>What of an ad must never be found outside the platform that holds it: its words, its letters, what its bands are made of.</summary>
internal static class AdNeedles
{
    private const int RunLength = 14;

    /// <summary>Returns the needles, bytes as Latin-1 text.</summary>
    /// <param name="ad">The ad.</param>
    public static IEnumerable<string> Of(string ad)
    {
        var skeleton = AdExplanation.Of(ad).Skeleton;
        foreach (var text in Runs(ad).Concat(Runs(skeleton)).Append(ad).Append(skeleton))
        {
            foreach (var bytes in new[] { Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text) })
            {
                yield return Encoding.Latin1.GetString(bytes);
            }
        }

        foreach (var bytes in BytesOf(ad, skeleton))
        {
            yield return Encoding.Latin1.GetString(bytes);
            yield return Convert.ToHexStringLower(bytes);
            yield return Convert.ToHexString(bytes);
            yield return Convert.ToBase64String(bytes).TrimEnd('=');
        }
    }

    // Band inputs, and what a careless design would send in the place of tokens.
    private static IEnumerable<byte[]> BytesOf(string ad, string skeleton) =>
        AdSketch
            .From(ad)
            .GetOrThrow()
            .BandInputs.Select(band => band.Canonical.ToArray())
            .Append(SHA256.HashData(Encoding.UTF8.GetBytes(ad)))
            .Append(SHA256.HashData(Encoding.UTF8.GetBytes(skeleton)));

    private static IEnumerable<string> Runs(string text) =>
        Enumerable.Range(0, text.Length / RunLength).Select(i => text.Substring(i * RunLength, RunLength));
}
