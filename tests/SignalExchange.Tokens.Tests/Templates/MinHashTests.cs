using CsCheck;
using SignalExchange.Tokens.Templates.Shingles;

namespace SignalExchange.Tokens.Tests.Templates;

public sealed class MinHashTests
{
    [Fact]
    public void Vectors_of_eight_give_what_one_by_one_gives() =>
        Gen
            .UInt.Array[1, 300]
            .Sample(
                shingles =>
                {
                    var least = new uint[MinHash.Functions];
                    MinHash.Compute(shingles, least);
                    return least
                        .Select((value, i) => value == shingles.Min(x => MinHash.Value(i, x)))
                        .All(same => same);
                },
                iter: 300
            );

    [Fact]
    public void Two_sets_agree_as_often_as_they_share_members()
    {
        // 20,000 draws of a share of one half: five standard deviations are 0.018.
        var agreeing = 0;
        for (var i = 0; i < 140; i++)
        {
            var one = Members(i, 0, 300);
            var other = Members(i, 100, 300);
            agreeing += Least(one).Zip(Least(other)).Count(pair => pair.First == pair.Second);
        }

        Assert.InRange(agreeing / (140.0 * MinHash.Functions), 0.482, 0.518);
    }

    [Fact]
    public void A_set_has_each_run_once_however_long_the_text()
    {
        int[] letters = [.. Enumerable.Range(0, 4_000).Select(i => 'a' + (i % 7))];

        Assert.Equal(7, ShingleSet.Of(letters).Length);
        Assert.Empty(ShingleSet.Of(letters.AsSpan(0, 5)));
        Assert.Single(ShingleSet.Of(letters.AsSpan(0, 6)));
    }

    private static uint[] Least(uint[] shingles)
    {
        var least = new uint[MinHash.Functions];
        MinHash.Compute(shingles, least);
        return least;
    }

    private static uint[] Members(int round, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => ShingleHash.Of([round, i, 1, 2, 3, 4]))];
}
