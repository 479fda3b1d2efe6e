using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;

namespace SignalExchange.Grains.Tests.Quotas;

public sealed class QuotaGrainTests
{
    [Fact]
    public async Task A_killed_silos_lease_stays_used_after_a_restart()
    {
        await using var silo = await QuotaFixture.Start(quotas => quotas.EvaluationsPerDay = 1_000);
        var leased = await silo.Quotas("killed").LeaseEvaluations(new("a", 1, 0, Needed: 100));

        await silo.Restart();
        var rest = await silo.Quotas("killed").LeaseEvaluations(new("b", 1, 0, Needed: 1_000));

        Assert.Equal(356, leased.Granted);
        Assert.Equal((true, 644, 1_000), (rest.IsRefused, rest.Available, rest.Limit));
    }

    [Fact]
    public async Task What_is_returned_is_there_after_a_restart()
    {
        await using var silo = await QuotaFixture.Start(quotas => quotas.EvaluationsPerDay = 1_000);
        await silo.Quotas("returns").LeaseEvaluations(new("a", 1, 0, Needed: 100));
        await silo.Quotas("returns").LeaseEvaluations(new("a", 2, Unused: 256, 0, IsReturn: true));

        await silo.Restart();

        Assert.Equal(900, (await silo.Quotas("returns").LeaseEvaluations(new("b", 1, 0, 900))).Granted);
    }

    [Fact]
    public async Task A_day_ends_at_midnight_utc_and_a_clock_set_back_does_not_begin_it_again()
    {
        await using var silo = await QuotaFixture.Start(quotas => quotas.EvaluationsPerDay = 256);
        var quotas = silo.Quotas("midnight");
        var first = await quotas.LeaseEvaluations(new("a", 1, 0, 256));
        Assert.InRange(first.TimeLeft, TimeSpan.Zero, TimeSpan.FromDays(1));
        Assert.True((await quotas.LeaseEvaluations(new("b", 1, 0, 1))).IsRefused);

        silo.Clock.Shift(first.TimeLeft);
        var next = await quotas.LeaseEvaluations(new("b", 2, 0, 256));
        silo.Clock.Shift(TimeSpan.FromHours(-1));
        var again = await quotas.LeaseEvaluations(new("c", 1, 0, 1));

        Assert.Equal(256, next.Granted);
        Assert.True(again.IsRefused);
        Assert.InRange(again.TimeLeft, TimeSpan.FromHours(24), TimeSpan.FromHours(25));
    }

    [Fact]
    public async Task A_clock_that_was_a_month_ahead_for_a_moment_freezes_no_quota_and_what_was_used_then_counts()
    {
        await using var silo = await QuotaFixture.Start(quotas =>
            (quotas.EvaluationsPerDay, quotas.TokensPerDay) = (1_000, 100_000)
        );
        var (quotas, tokens) = (silo.Quotas("ahead"), new SketchingSilo(silo.Quotas("ahead"), "a"));
        silo.Clock.Shift(TimeSpan.FromDays(30));
        var ahead = await quotas.LeaseEvaluations(new("a", 1, 0, Needed: 100));
        var aheadTokens = (await tokens.Lease(10_000)).Lease;

        silo.Clock.Shift(TimeSpan.FromDays(-30));
        var rest = await quotas.LeaseEvaluations(new("b", 1, 0, Needed: 1_000));
        var restTokens = (await new SketchingSilo(silo.Quotas("ahead"), "b").Lease(100_000)).Lease;

        Assert.Equal((true, 1_000 - ahead.Granted), (rest.IsRefused, rest.Available));
        Assert.Equal((true, 100_000 - aheadTokens.Granted), (restTokens.IsRefused, restTokens.Available));
        Assert.InRange(rest.TimeLeft, TimeSpan.Zero, TimeSpan.FromDays(1));

        silo.Clock.Shift(rest.TimeLeft);
        Assert.Equal(1_000, (await quotas.LeaseEvaluations(new("b", 2, 0, Needed: 1_000))).Granted);
        Assert.Equal(100_000, (await new SketchingSilo(silo.Quotas("ahead"), "c").Lease(100_000)).Lease.Granted);
    }

    [Fact]
    public async Task Each_kind_of_writes_has_a_limit_of_its_own_that_a_restart_and_a_set_back_clock_do_not_lift()
    {
        await using var silo = await QuotaFixture.Start(quotas =>
            (quotas.SubmissionsPerDay, quotas.WithdrawalsPerDay, quotas.RegistrationsPerDay) = (3_000, 2_000, 500)
        );
        silo.Limits["writes"] = new(RegistrationsPerDay: 700);
        var first = await silo.Quotas("writes").LeaseWrites(WriteKind.Submissions, new("a", 1, 0, Needed: 500));
        await silo.Quotas("writes").LeaseWrites(WriteKind.Withdrawals, new("a", 1, 0, Needed: 2_000));

        await silo.Restart();
        var quotas = silo.Quotas("writes");
        var submissions = await quotas.LeaseWrites(WriteKind.Submissions, new("b", 1, 0, Needed: 3_000));
        silo.Clock.Shift(TimeSpan.FromHours(-1));
        var withdrawals = await quotas.LeaseWrites(WriteKind.Withdrawals, new("b", 1, 0, Needed: 1));
        var registrations = await quotas.LeaseWrites(WriteKind.Registrations, new("b", 1, 0, Needed: 700));

        Assert.Equal(1_500, first.Granted);
        Assert.Equal((true, 1_500, 3_000), (submissions.IsRefused, submissions.Available, submissions.Limit));
        Assert.Equal((true, 0, 2_000), (withdrawals.IsRefused, withdrawals.Available, withdrawals.Limit));
        Assert.Equal((700, 700), (registrations.Granted, registrations.Limit));
        Assert.Equal(2_000, (await quotas.LeaseWrites(WriteKind.Withdrawals, NextDay(silo, withdrawals))).Granted);
    }

    [Fact]
    public async Task A_clock_that_was_a_month_ahead_for_a_moment_freezes_no_writes_and_what_was_used_then_counts()
    {
        await using var silo = await QuotaFixture.Start(quotas => quotas.RegistrationsPerDay = 500);
        var quotas = silo.Quotas("writes-ahead");
        silo.Clock.Shift(TimeSpan.FromDays(30));
        var ahead = await quotas.LeaseWrites(WriteKind.Registrations, new("a", 1, 0, Needed: 100));

        silo.Clock.Shift(TimeSpan.FromDays(-30));
        var rest = await quotas.LeaseWrites(WriteKind.Registrations, new("b", 1, 0, Needed: 500));

        Assert.Equal((200, true, 300), (ahead.Granted, rest.IsRefused, rest.Available));
        Assert.InRange(rest.TimeLeft, TimeSpan.Zero, TimeSpan.FromDays(1));
        silo.Clock.Shift(rest.TimeLeft);
        Assert.Equal(500, (await quotas.LeaseWrites(WriteKind.Registrations, new("b", 2, 0, 500))).Granted);
    }

    [Fact]
    public async Task Evaluations_are_not_leased_while_nothing_can_be_written()
    {
        await using var silo = await QuotaFixture.Start();
        silo.IsFull = true;

        var refused = await silo.Quotas("full").LeaseEvaluations(new("a", 1, 0, 1));
        silo.IsFull = false;
        var retried = await silo.Quotas("full").LeaseEvaluations(new("a", 1, 0, 1));

        Assert.Equal((ErrorReason.StorageUnavailable, 0), (refused.Error, refused.Granted));
        Assert.Equal(ErrorReason.Unspecified, retried.Error);
        Assert.True(retried.Granted > 0);
    }

    [Fact]
    public async Task Checks_outlive_a_full_disk_up_to_the_stated_share_and_are_written_when_it_has_room()
    {
        await using var silo = await QuotaFixture.Start(quotas => quotas.TokensPerDay = 100_000);
        var member = new SketchingSilo(silo.Quotas("full"), "a");
        silo.IsFull = true;

        var granted = 0L;
        TokenLeaseReply reply;
        while ((reply = await member.Lease(1)).Lease.Error == ErrorReason.Unspecified)
        {
            granted += reply.Lease.Granted;
            member.Saw(granted, granted + reply.Lease.Granted);
        }

        Assert.Equal(ErrorReason.StorageUnavailable, reply.Lease.Error);
        Assert.InRange(granted, 5_000, 10_000);

        silo.IsFull = false;
        await member.Lease(1);
        await silo.Restart();
        var after = new SketchingSilo(silo.Quotas("full"), "b");
        var left = (await after.Lease(100_000)).Lease;
        Assert.True(left.IsRefused);
        Assert.InRange(left.Available, 0, 100_000 - (granted * 0.9));
    }

    [Fact]
    public async Task Tokens_that_two_silos_saw_count_once_and_survive_a_restart()
    {
        await using var silo = await QuotaFixture.Start(quotas => quotas.TokensPerDay = 100_000);
        var (a, b) = (new SketchingSilo(silo.Quotas("twice"), "a"), new SketchingSilo(silo.Quotas("twice"), "b"));
        await a.Lease(0);
        await b.Lease(0);
        a.Saw(0, 20_000);
        b.Saw(10_000, 30_000);
        await a.Return();
        await b.Return();

        await silo.Restart();

        var c = new SketchingSilo(silo.Quotas("twice"), "c");
        Assert.InRange((await c.Lease(100_000)).Lease.Available, 70_000 - 1_500, 70_000 + 1_500);
    }

    [Fact]
    public async Task A_sweep_raises_the_alarm_once_a_day()
    {
        await using var silo = await QuotaFixture.Start(quotas =>
        {
            quotas.AlarmTokens = 10_000;
            quotas.AlarmHitsPerMillion = 1_000;
        });
        var sweeper = new SketchingSilo(silo.Quotas("sweeps"), "a");
        var honest = new SketchingSilo(silo.Quotas("honest"), "a");
        await sweeper.Lease(0);
        await honest.Lease(0);
        sweeper.Saw(0, 9_000);
        await sweeper.Lease(0);
        Assert.Empty(silo.Log.Lines);

        sweeper.Saw(0, 11_000);
        honest.Saw(0, 11_000);
        honest.Hit(0, 20);
        await honest.Lease(0);
        await sweeper.Lease(0);
        await sweeper.Lease(0);

        var line = Assert.Single(silo.Log.Lines);
        Assert.StartsWith("Member sweeps asked about 1", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_can_be_given_limits_of_its_own()
    {
        await using var silo = await QuotaFixture.Start();
        silo.Limits["large"] = new(EvaluationsPerDay: 200_000);

        Assert.Equal(200_000, (await silo.Quotas("large").LeaseEvaluations(new("a", 1, 0, 1))).Limit);
        Assert.Equal(20_000, (await silo.Quotas("small").LeaseEvaluations(new("a", 1, 0, 1))).Limit);
    }

    private static LeaseRequest NextDay(QuotaFixture silo, LeaseReply today)
    {
        silo.Clock.Shift(today.TimeLeft);
        return new("b", 2, 0, Needed: 2_000);
    }
}
