using System.Globalization;
using System.Security.Cryptography;
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
        // Hashes of numbers, because CsCheck's own numbers lean towards small and round ones: ids with a pattern.
        var ids = Enumerable
            .Range(0, 2_000)
            .Select(i => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(i)))[..16])
            .ToArray();

        // One in 1,500 has no digit at all; a few hold a short sequence by chance.
        Assert.InRange(ids.Count(id => EntropyEstimate.Bits(id) >= 64), 1_950, ids.Length);
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
