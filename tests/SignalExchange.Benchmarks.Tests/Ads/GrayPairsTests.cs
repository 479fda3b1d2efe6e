using SignalExchange.Benchmarks.Ads;

namespace SignalExchange.Benchmarks.Tests.Ads;

public sealed class GrayPairsTests : IDisposable
{
    private readonly DataFile _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Pairs_are_found_in_either_order_whatever_the_end_of_line_and_further_columns()
    {
        var gray = Read("a\tb\r\n\r\nd\tc\t0.81\r\n \r\n");

        Assert.True(gray.Contains(Ad("b"), Ad("a")));
        Assert.True(gray.Contains(Ad("c"), Ad("d")));
        Assert.False(gray.Contains(Ad("a"), Ad("c")));
    }

    [Theory]
    [InlineData("a\tb\nqx7secret\n")]
    [InlineData("a\tb\nqx7secret\t\n")]
    [InlineData("a\tb\nqx7secret b\n")]
    public void What_is_no_pair_is_refused_by_its_line(string content)
    {
        var refused = Assert.Throws<FormatException>(() => Read(content));

        Assert.Equal("Line 2 of the gray file is not a pair: two ids with a tabulator between.", refused.Message);
    }

    [Fact]
    public void No_file_is_no_pairs() => Assert.False(GrayPairs.Read(null).Contains(Ad("a"), Ad("b")));

    [Fact]
    public void Pairs_of_one_cluster_and_of_ads_that_are_not_there_are_none_apart()
    {
        var gray = Read("a\tb\na\tc\na\tnobody\n");
        var clusters = new[] { ("a", "one"), ("b", "one"), ("c", "two"), ("c", "three") }.ToLookup(
            it => it.Item1,
            it => it.Item2
        );

        Assert.Equal(2, gray.CountApart(clusters));
    }

    private static AdRow Ad(string id) => new(id, id, "", AdRow.Single, null, null, null);

    private GrayPairs Read(string content) => GrayPairs.Read(_files.Write(content));
}
