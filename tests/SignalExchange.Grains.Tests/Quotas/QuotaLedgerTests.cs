using CsCheck;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Tests.Quotas;

public sealed class QuotaLedgerTests
{
    private static readonly LeaseTerms Terms = new(Limit: 1_000, Block: 100);

    [Fact]
    public void A_lease_holds_a_block_beyond_what_is_needed_and_counts_as_used_when_it_is_handed_out()
    {
        var step = QuotaLedger.Renew(new(), new("a", 1, 0, Needed: 30), Terms);

        Assert.Equal(130, step.Granted);
        Assert.Equal(130, QuotaLedger.ChargedTo(step.Next!));
    }

    [Fact]
    public void What_is_unused_comes_back_once()
    {
        var first = QuotaLedger.Renew(new(), new("a", 1, 0, 30), Terms).Next!;

        var returned = QuotaLedger.Renew(first, new("a", 2, Unused: 100, 0, IsReturn: true), Terms).Next!;
        var again = QuotaLedger.Renew(returned, new("a", 2, Unused: 100, 0, IsReturn: true), Terms);

        Assert.Equal(30, QuotaLedger.ChargedTo(returned));
        Assert.Null(again.Next);
        Assert.Equal(0, Assert.Single(returned.Leases).Amount);
    }

    [Fact]
    public void Nobody_returns_more_than_it_was_given()
    {
        var first = QuotaLedger.Renew(new(), new("a", 1, 0, 30), Terms).Next!;

        var returned = QuotaLedger.Renew(first, new("a", 2, Unused: 5_000, 0, IsReturn: true), Terms).Next!;
        var strangers = QuotaLedger.Renew(first, new("b", 1, Unused: 5_000, 0, IsReturn: true), Terms).Next!;

        Assert.Equal((0, 130), (QuotaLedger.ChargedTo(returned), QuotaLedger.ChargedTo(strangers)));
    }

    [Fact]
    public void A_retry_gets_the_first_answer_and_changes_nothing()
    {
        var first = QuotaLedger.Renew(new(), new("a", 1, 0, 30), Terms);

        var again = QuotaLedger.Renew(first.Next!, new("a", 1, 0, 30), Terms);

        Assert.Null(again.Next);
        Assert.Equal(first.Granted, again.Granted);
    }

    [Fact]
    public void A_request_that_arrives_after_its_successor_gets_nothing()
    {
        var first = QuotaLedger.Renew(new(), new("a", 1, 0, 30), Terms).Next!;
        var second = QuotaLedger.Renew(first, new("a", 2, 0, 30), Terms).Next!;

        var late = QuotaLedger.Renew(second, new("a", 1, 0, 30), Terms);

        Assert.Equal((null, 0, false), (late.Next, late.Granted, late.IsRefused));
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    public void The_limit_itself_is_granted_and_one_more_is_refused(long needed, bool isRefused)
    {
        var step = QuotaLedger.Renew(new(), new("a", 1, 0, needed), Terms);

        Assert.Equal(isRefused, step.IsRefused);
        Assert.Equal(1_000, step.Available);
        Assert.Equal(isRefused ? 0 : 1_000, step.Granted);
    }

    [Fact]
    public void A_refusal_leaves_the_old_lease_open()
    {
        var first = QuotaLedger.Renew(new(), new("a", 1, 0, 30), Terms).Next!;

        var refused = QuotaLedger.Renew(first, new("a", 2, Unused: 130, Needed: 1_001), Terms);

        Assert.Equal((null, true, 1_000), (refused.Next, refused.IsRefused, refused.Available));
    }

    [Fact]
    public void The_oldest_holder_beyond_the_most_is_forgotten_and_what_it_held_stays_charged()
    {
        var account = new QuotaAccount();
        for (var holder = 0; holder <= QuotaLedger.MaxHolders; holder++)
        {
            account = QuotaLedger.Renew(account, new($"{holder}", 1, 0, 1), new(1_000_000, 9)).Next!;
        }

        var returned = QuotaLedger.Renew(account, new("0", 2, Unused: 10, 0, IsReturn: true), Terms).Next!;

        Assert.Equal(QuotaLedger.MaxHolders, account.Leases.Count);
        Assert.Equal((QuotaLedger.MaxHolders + 1) * 10, QuotaLedger.ChargedTo(returned));
    }

    [Fact]
    public void A_lower_limit_hands_out_nothing_more_and_takes_nothing_back()
    {
        var first = QuotaLedger.Renew(new(), new("a", 1, 0, 500), Terms).Next!;

        var lowered = QuotaLedger.Renew(first, new("b", 1, 0, 1), Terms with { Limit = 100 });

        Assert.Equal((true, 0), (lowered.IsRefused, lowered.Available));
    }

    /// <summary>
    /// Silos take, return, crash without a word, retry and send late duplicates, in any order; the grain restarts from what it wrote.
    /// The bound is the limit itself: nothing is ever used beyond it.
    /// </summary>
    [Fact]
    public void No_order_of_leases_returns_retries_and_crashes_uses_more_than_the_limit() =>
        Gen.Select(Gen.Long[0, 3_000], Gen.Long[1, 400], Step.Array[1, 200])
            .Sample(
                (limit, block, steps) =>
                {
                    var cluster = new LeasingCluster(new LeaseTerms(limit, block));
                    foreach (var (kind, silo, count) in steps)
                    {
                        cluster.Do(kind, silo, count);
                        Assert.InRange(cluster.Used, 0, limit);
                        Assert.InRange(cluster.Used, 0, cluster.Charged);
                    }
                },
                iter: 5_000
            );

    /// <summary>Lost messages lose no allowance: once everything is returned, what is charged is what was used.</summary>
    [Fact]
    public void Without_crashes_and_late_duplicates_the_whole_limit_can_be_used() =>
        Gen.Select(Gen.Long[0, 3_000], Gen.Long[1, 400], Step.Array[1, 100])
            .Sample(
                (limit, block, steps) =>
                {
                    var cluster = new LeasingCluster(new LeaseTerms(limit, block));
                    foreach (var (kind, silo, count) in steps.Where(step => step.Kind < LeasingStep.Crash))
                    {
                        cluster.Do(kind, silo, count);
                    }

                    cluster.ReturnEverything();
                    Assert.Equal(cluster.Used, cluster.Charged);
                },
                iter: 5_000
            );

    private static readonly Gen<(LeasingStep Kind, int Silo, long Count)> Step = Gen.Select(
        Gen.Enum<LeasingStep>(),
        Gen.Int[0, 3],
        Gen.Long[0, 600]
    );
}
