using CsCheck;

namespace SignalExchange.Clustering.Tests;

/// <summary>All who know the same silos agree on who is responsible, and little changes when one comes or goes.</summary>
public sealed class RendezvousTests
{
    private const int Slots = 1024;

    [Fact]
    public void Order_of_the_silos_does_not_matter() =>
        Gen.Shuffle(Silos.First(7))
            .Sample(silos =>
                Enumerable
                    .Range(0, Slots)
                    .All(slot => Rendezvous.OwnerOf(slot, silos).Equals(Rendezvous.OwnerOf(slot, Silos.First(7))))
            );

    [Fact]
    public void Silo_that_leaves_gives_up_its_own_slots_only() =>
        Gen.Select(Gen.Int[2, 12], Gen.Int[0, 11])
            .Where((count, leaves) => leaves < count)
            .Sample(
                (count, leaves) =>
                {
                    var before = Silos.First(count);
                    var after = before.Where(silo => !silo.Equals(before[leaves])).ToArray();
                    return Enumerable
                        .Range(0, Slots)
                        .Select(slot =>
                            (Before: Rendezvous.OwnerOf(slot, before), After: Rendezvous.OwnerOf(slot, after))
                        )
                        .All(owner => owner.Before.Equals(owner.After) || owner.Before.Equals(before[leaves]));
                }
            );

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void Slots_are_shared_evenly(int count)
    {
        var silos = Silos.First(count);

        var shares = Enumerable.Range(0, Slots).CountBy(slot => Rendezvous.OwnerOf(slot, silos)).ToList();

        // Four standard deviations of a binomial share.
        var (mean, deviation) = ((double)Slots / count, Math.Sqrt(Slots * (1.0 / count) * (1 - (1.0 / count))));
        Assert.Equal(count, shares.Count);
        Assert.All(shares, share => Assert.InRange(share.Value, mean - (4 * deviation), mean + (4 * deviation)));
    }

    [Fact]
    public void Silo_that_is_started_again_at_its_place_gets_its_slots_again()
    {
        SiloAddress[] before = [Silos.Number(0), Silos.Number(1, generation: 1), Silos.Number(2)];
        SiloAddress[] after = [Silos.Number(0), Silos.Number(1, generation: 2), Silos.Number(2)];

        Assert.All(
            Enumerable.Range(0, Slots),
            slot => Assert.Equal(Rendezvous.OwnerOf(slot, before).Endpoint, Rendezvous.OwnerOf(slot, after).Endpoint)
        );
    }

    [Fact]
    public void Weights_are_the_same_in_every_version() =>
        Assert.Equal(
            "01100000120111002222212120200022",
            string.Concat(
                Enumerable.Range(0, 32).Select(slot => Rendezvous.OwnerOf(slot, Silos.First(3)).Endpoint.Port - 10_000)
            )
        );

    [Fact]
    public void No_silo_is_responsible_for_nothing() =>
        Assert.Throws<ArgumentException>(() => Rendezvous.OwnerOf(0, []));
}
