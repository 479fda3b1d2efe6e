using System.Net;
using SignalExchange.Clustering;
using SignalExchange.Silo.Security.Replays;

namespace SignalExchange.Silo.Tests.Security.Replays;

/// <summary>Whoever takes a slot over accepts only what cannot have been used before, whatever it saw of the changes in between.</summary>
public sealed class ReplaySlotsTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, 500, TimeSpan.Zero);
    private static readonly SiloAddress[] Silos =
    [
        .. Enumerable
            .Range(0, 4)
            .Select(number => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 9_000 + number), 1)),
    ];

    private readonly ReplaySlots _slots = new(Lease);

    [Fact]
    public void First_silo_accepts_what_is_issued_after_the_lease()
    {
        Follow(1, Start, [0]);

        Assert.All(Since(), since => Assert.Equal(Seconds(Start) + 3, since));
    }

    [Fact]
    public void Silo_answers_for_its_own_slots_only()
    {
        Follow(1, Start, [0, 1, 2]);

        Assert.Equal(Owned(0, 1, 2), Since().Select(since => since != long.MaxValue));
    }

    [Fact]
    public void Slots_that_it_keeps_go_on_and_slots_that_it_takes_over_begin_anew()
    {
        Follow(1, Start, [0, 1, 2]);
        var before = Since();

        Follow(2, Start.AddHours(1), [0, 1], gone: [2]);

        Assert.All(
            Since().Zip(before),
            since =>
                Assert.True(
                    since.First == since.Second
                        || (since.Second == long.MaxValue && since.First == Seconds(Start.AddHours(1)) + 3)
                )
        );
        Assert.Equal(Owned(0, 1), Since().Select(since => since != long.MaxValue));
    }

    [Fact]
    public void Slots_that_it_gives_up_and_gets_back_begin_anew()
    {
        Follow(1, Start, [0]);
        Follow(2, Start.AddHours(1), [0, 1]);
        var kept = Owned(0, 1).ToList();

        Follow(3, Start.AddHours(2), [0], gone: [1]);

        Assert.All(
            Since().Zip(kept),
            it => Assert.Equal(it.Second ? Seconds(Start) + 3 : Seconds(Start.AddHours(2)) + 3, it.First)
        );
    }

    [Fact]
    public void Silo_that_came_and_went_unseen_may_have_accepted_anything()
    {
        Follow(1, Start, [0]);

        Follow(5, Start.AddHours(1), [0], gone: [3]);

        Assert.All(Since(), since => Assert.Equal(Seconds(Start.AddHours(1)) + 3, since));
    }

    [Fact]
    public void Silo_that_is_not_active_answers_for_nothing()
    {
        Follow(1, Start, [1, 2]);

        Assert.All(Since(), since => Assert.Equal(long.MaxValue, since));
        Assert.Null(_slots.NewestSinceSeconds);
    }

    private void Follow(long version, DateTimeOffset now, int[] active, int[]? gone = null) =>
        _slots.Follow(
            new(
                version,
                Silos[0],
                active.Select(number => Silos[number]),
                (gone ?? []).Select(number => Silos[number])
            ),
            now
        );

    private List<long> Since() => [.. Enumerable.Range(0, ReplaySlots.Count).Select(slot => _slots.Since(slot))];

    private static IEnumerable<bool> Owned(params int[] active)
    {
        var silos = active.Select(number => Silos[number]).ToArray();
        return Enumerable.Range(0, ReplaySlots.Count).Select(slot => Rendezvous.OwnerOf(slot, silos).Equals(Silos[0]));
    }

    private static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();
}
