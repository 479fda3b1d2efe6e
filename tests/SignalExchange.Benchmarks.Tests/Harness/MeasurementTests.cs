using CsCheck;
using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Tests.Harness;

/// <summary>What rounds come to.</summary>
public sealed class MeasurementTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 7, 7, 7)]
    [InlineData(new double[] { 9, 1, 5 }, 5, 1, 9)]
    [InlineData(new double[] { 4, 1 }, 2.5, 1, 4)]
    [InlineData(new double[] { 8, 2, 6, 4 }, 5, 2, 8)]
    [InlineData(new double[] { 3, 3, 3, 100, 0 }, 3, 0, 100)]
    public void The_middle_the_least_and_the_most_of_odd_and_even_rounds(
        double[] rounds,
        double median,
        double least,
        double most
    ) => Assert.Equal(new("speed", "1/s", median, least, most, rounds.Length), Measurement.Of("speed", "1/s", rounds));

    [Fact]
    public void As_many_rounds_are_above_the_median_as_below_it() =>
        Gen.Double[-1e6, 1e6]
            .Array[1, 50]
            .Sample(rounds =>
            {
                var measured = Measurement.Of("", "", rounds);
                return
                    rounds.Count(it => it < measured.Median) == rounds.Count(it => it > measured.Median)
                    || rounds.Contains(measured.Median)
                    ? measured.Least <= measured.Median && measured.Median <= measured.Most
                    : false;
            });
}
