using SignalExchange.Benchmarks.Soak;

namespace SignalExchange.Benchmarks.Tests.Soak;

/// <summary>Whether memory stayed what it was.</summary>
public sealed class FlatVerdictTests
{
    [Theory]
    [InlineData(110, true)]
    [InlineData(110.1, false)]
    [InlineData(50, true)]
    public void A_tenth_more_is_flat_and_more_is_not(double last, bool isFlat) =>
        Assert.Equal(isFlat, FlatVerdict.Of([1, 5, 100, 100, last, last]).IsFlat);

    [Fact]
    public void What_it_grew_while_it_warmed_up_and_one_peak_do_not_count() =>
        Assert.True(FlatVerdict.Of([10, 50, 90, 100, 100, 100, 100, 900, 100]).IsFlat);
}
