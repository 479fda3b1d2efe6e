using System.Security.Cryptography;
using System.Text;
using SignalExchange.Benchmarks.Ads;

namespace SignalExchange.Benchmarks.Tests.Ads;

/// <summary>What the measured attacker opens: what others say too, as far as the guesses go, and nothing else.</summary>
public sealed class GuessingAttackTests
{
    private const int Letters = 22 * SHA256.HashSizeInBytes;
    private const int ProductRows = 3;

    [Fact]
    public void What_others_say_too_is_opened_and_what_nobody_else_says_is_not()
    {
        var common = Text("abcdefgh", seed: 1);
        var corpus = Corpus(common, common, Text("ijklmnop", seed: 2), Text("qrstuvwz", seed: 3));

        Assert.Equal(0.5, GuessingAttack.Run(corpus, ProductRows));
    }

    // A hundred texts, each known from one other: too many combinations for the guesses, and the fewer the values of a band, the fewer there are.
    [Fact]
    public void The_more_least_values_a_band_has_the_less_of_what_is_known_is_opened()
    {
        var texts = Enumerable.Range(0, 100).Select(seed => Text("abcdefghijklmnop", seed)).ToList();
        var corpus = Corpus([.. texts, .. texts]);

        var opened = new[] { 1, 2, 3 }.Select(rows => GuessingAttack.Run(corpus, rows)).ToList();

        Assert.Equal(1, opened[0]);
        Assert.Equal(opened.OrderDescending(), opened);
        Assert.InRange(opened[2], 0.001, 0.999 * opened[1]);
    }

    private static Corpus Corpus(params string[] texts) =>
        new([.. texts.Select((text, i) => Ad($"cluster-{i}", text))]);

    private static SketchedAd Ad(string cluster, string text) =>
        new(new(cluster, cluster, text, AdRow.Single, null, null, null), Bands: null);

    // Letters that differ by their seed, the same each time.
    private static string Text(string alphabet, int seed) =>
        string.Concat(
            Enumerable
                .Range(0, Letters / SHA256.HashSizeInBytes)
                .SelectMany(part => SHA256.HashData(Encoding.ASCII.GetBytes($"{seed}/{part}")))
                .Select(it => alphabet[it % alphabet.Length])
        );
}
