using SignalExchange.Benchmarks.Compare;

namespace SignalExchange.Benchmarks.Tests.Compare;

/// <summary>What a row says of both sides' rounds.</summary>
public sealed class ComparedRowTests
{
    [Theory]
    [InlineData(0.85, 100, 0.85, true)]
    [InlineData(0.85, 100, 0.8499, false)]
    [InlineData(0.85, 100, 1.2, true)]
    public void At_least_holds_at_its_bound_and_not_below(double bound, double peer, double ratio, bool holds) =>
        Assert.Equal(holds, Row([ratio * peer], [peer], Target.AtLeast(bound)).Holds);

    [Theory]
    [InlineData(1.5, 100, 1.5, true)]
    [InlineData(1.5, 100, 1.5001, false)]
    [InlineData(1.5, 100, 0.1, true)]
    public void At_most_holds_at_its_bound_and_not_above(double bound, double peer, double ratio, bool holds) =>
        Assert.Equal(holds, Row([ratio * peer], [peer], Target.AtMost(bound)).Holds);

    [Fact]
    public void A_row_without_a_target_informs_and_neither_holds_nor_fails()
    {
        var row = Row([1], [100], target: null);

        Assert.Null(row.Holds);
        Assert.EndsWith("|  | - |", row.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_ratio_is_of_rounds_that_belong_together_and_not_of_medians()
    {
        // The medians are equal; the rounds are not.
        var row = Row([10, 20, 30], [20, 10, 30], Target.AtLeast(1));

        Assert.Equal((20, 20), (row.Ours.Median, row.Peer.Median));
        Assert.Equal((1, 0.5, 2), (row.Ratio.Median, row.Ratio.Least, row.Ratio.Most));
        Assert.Equal(1.5, row.Spread);
    }

    [Fact]
    public void Of_an_even_number_of_rounds_the_ratio_is_between_the_two_in_the_middle()
    {
        var row = Row([1, 2, 3, 4], [1, 1, 1, 1], Target.AtLeast(2.5));

        Assert.Equal((2.5, 1, 4), (row.Ratio.Median, row.Ratio.Least, row.Ratio.Most));
        Assert.Equal(1.2, row.Spread);
        Assert.True(row.Holds);
    }

    [Theory]
    [InlineData(true, "yes")]
    [InlineData(false, "**no**")]
    public void It_is_printed_with_its_rounds_its_spread_and_whether_it_holds(bool holds, string verdict) =>
        Assert.Equal(
            $"| a row | 150.0 [100.0 to 200.0] | 100.0 [100.0 to 100.0] | 1/s | 1.50 [1.00 to 2.00] | 67 % | >= {(holds ? "1.5" : "1.6")} | {verdict} |",
            Row([100, 150, 200], [100, 100, 100], Target.AtLeast(holds ? 1.5 : 1.6)).ToString()
        );

    private static ComparedRow Row(double[] ours, double[] peer, Target? target) =>
        ComparedRow.Of("a row", "1/s", ours, peer, target);
}
