using System.Globalization;
using CsCheck;
using SignalExchange.Tokens.Canonical.Fingerprints;

namespace SignalExchange.Tokens.Tests.Canonical.Fingerprints;

public sealed class EntropyEstimateTests
{
    [Fact]
    public void Random_uuids_pass() =>
        Gen.Guid.Sample(
            guid =>
                guid.ToString().Split('-')[0].All(char.IsAsciiLetter)
                || guid.ToString().Split('-')[4].All(char.IsAsciiLetter)
                || EntropyEstimate.Bits(guid.ToString("D", CultureInfo.InvariantCulture)) >= 64,
            iter: 5_000
        );

    [Fact]
    public void Nearly_all_ids_of_64_random_bits_pass()
    {
        var passed = 0;
        Gen.ULong.Sample(
            id =>
            {
                if (EntropyEstimate.Bits(id.ToString("x16", CultureInfo.InvariantCulture)) >= 64)
                {
                    Interlocked.Increment(ref passed);
                }
            },
            iter: 2_000
        );

        // CsCheck's numbers lean towards small and round ones, which are ids with a pattern.
        Assert.True(passed > 1_000, $"{passed} of 2,000 passed");
    }

    [Fact]
    public void A_value_never_gives_more_than_its_characters_can_hold() =>
        Gen.String[Gen.Char[' ', '~'], 0, 100].Sample(value => EntropyEstimate.Bits(value) <= value.Length * 5.96);

    [Fact]
    public void Repeating_a_value_adds_next_to_nothing() =>
        Gen.Guid.Sample(guid =>
            EntropyEstimate.Bits($"{guid:N}{guid:N}{guid:N}") <= EntropyEstimate.Bits($"{guid:N}") + 12
        );
}
