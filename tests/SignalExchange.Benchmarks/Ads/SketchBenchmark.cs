using SignalExchange.Benchmarks.Ads.Generation;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Tokens.Templates;
using SignalExchange.Tokens.Templates.Shingles;
using SignalExchange.Tokens.Templates.Skeletons;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>What a sketch costs on one core: of an ad of usual length, step by step, and of the longest texts that are hostile.</summary>
internal static class SketchBenchmark
{
    private const int Length = 750;
    private const int Times = 20;
    private const double NanosecondsInMicrosecond = 1_000;

    // Each, repeated, is the worst case of a step: nothing of it fills the skeleton, so all of it is read.
    private static readonly (string Name, string Piece)[] Hostile =
    [
        ("one letter", "a"),
        ("characters that are not seen", "\u200B"),
        ("a letter and a mark, by turns", "a\u0301"),
        ("an address without an end", "a://"),
        ("brackets", "(a"),
        ("emoji", "\U0001F600"),
        ("a character that stands for eighteen", "\uFDFA "),
        ("halves of surrogate pairs", "\uD800"),
    ];

    /// <summary>Runs it.</summary>
    public static Report Run()
    {
        var ad = WriteAd();
        var skeleton = Skeleton.Of(ad);
        var shingles = ShingleSet.Of(skeleton.Letters);
        var secret = new byte[32];
        var sketch = AdSketch.From(ad).GetOrThrow();
        var steps = Timing.Measure([
            Case("sketch", () => AdSketch.From(ad).IsAccepted),
            Case("of it, letters", () => !Skeleton.Of(ad).Letters.IsEmpty),
            Case("of it, runs of letters", () => ShingleSet.Of(skeleton.Letters).Length > 0),
            Case("of it, least values in vectors of eight", () => LeastInVectors(shingles) > 0),
            Case("least values one by one", () => LeastOneByOne(shingles) > 0),
            Case("key of the cache", () => sketch.ComputeDigest(secret) != 0),
        ]);
        var bombs = Timing.Measure([
            .. Hostile.Select(it =>
                Bomb(it.Name, string.Concat(Enumerable.Repeat(it.Piece, AdSketch.MaxTextLength / it.Piece.Length)))
            ),
        ]);
        return Report.Of(
            $"sketch of an ad of {ad.Length} characters, {skeleton.Letters.Length} letters, {shingles.Length} runs of them; and of 2^20 characters",
            [.. steps.Concat(bombs).Select(InMicroseconds)]
        );
    }

    private static string WriteAd()
    {
        var dice = new Dice(seed: 6);
        var ad = AdWriter.Write(dice);
        while (ad.Length < Length)
        {
            ad += " " + AdWriter.Sentence(dice);
        }

        return ad[..Length];
    }

    private static TimedCase Case(string name, Func<bool> isDone) =>
        new(name, Times, _ => Enumerable.Range(0, Times).LongCount(_ => isDone()), Times);

    private static TimedCase Bomb(string name, string text) =>
        new($"2^20 characters: {name}", 1, _ => AdSketch.From(text).IsAccepted ? 1 : 0, 0);

    private static uint LeastInVectors(uint[] shingles)
    {
        Span<uint> least = stackalloc uint[MinHash.Functions];
        MinHash.Compute(shingles, least);
        return least[^1];
    }

    private static uint LeastOneByOne(uint[] shingles)
    {
        Span<uint> least = stackalloc uint[MinHash.Functions];
        for (var function = 0; function < MinHash.Functions; function++)
        {
            least[function] = uint.MaxValue;
            foreach (var shingle in shingles)
            {
                least[function] = Math.Min(least[function], MinHash.Value(function, shingle));
            }
        }

        return least[^1];
    }

    private static Measurement InMicroseconds(Measurement it) =>
        new(
            it.Name,
            "us",
            it.Median / NanosecondsInMicrosecond,
            it.Least / NanosecondsInMicrosecond,
            it.Most / NanosecondsInMicrosecond,
            it.Rounds
        );
}
