using Microsoft.Extensions.Time.Testing;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Keys;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit;

namespace SignalExchange.AccessLog.Tests.Keys;

public sealed class KeyRingTests : IDisposable
{
    private static readonly LogPeriod October = new(681);
    private static readonly KeyName Traffic = new(October, LogRetention.Traffic);

    private static readonly TimeSpan Delay = TimeSpan.FromDays(1);

    private readonly TempFolder _folder = new();
    private readonly SteppedClock _time = new(new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Key_is_the_same_after_a_reopening_and_different_for_each_period_and_retention()
    {
        KeyName[] names = [Traffic, new(October.Next, LogRetention.Traffic), new(October, LogRetention.Administration)];
        var before = Array.ConvertAll(names, name => Pseudonym(Open().Get(name)));
        var after = Array.ConvertAll(names, name => Pseudonym(Open().Find(name)!));

        Assert.Equal(before, after);
        Assert.Equal(3, before.Distinct().Count());
    }

    [Fact]
    public void Key_that_was_never_made_is_not_found_and_not_shredded()
    {
        Assert.Null(Open().Find(Traffic));
        Assert.False(Open().IsShredded(Traffic));
    }

    [Fact]
    public async Task Shredded_key_is_gone_for_good()
    {
        var ring = Open();
        var key = ring.Get(Traffic);
        ring.Get(Traffic with { Retention = LogRetention.Administration });
        Assert.True(File.Exists(FileOf(Traffic)));

        Assert.Equal(ShredOutcome.Shredded, await ShredWhenDueAsync(ring));

        Assert.False(File.Exists(FileOf(Traffic)));
        Assert.Throws<ObjectDisposedException>(() => Pseudonym(key));
        foreach (var reopened in new[] { ring, Open() })
        {
            Assert.Null(reopened.Find(Traffic));
            Assert.True(reopened.IsShredded(Traffic));
            Assert.Throws<AccessLogUnavailableException>(() => reopened.Get(Traffic));
            Assert.NotNull(reopened.Find(Traffic with { Retention = LogRetention.Administration }));
        }

        Assert.Equal(ShredOutcome.Shredded, await ring.ShredAsync(October, LogRetention.Traffic, Cancellation));
    }

    [Fact]
    public void Shredding_that_a_crash_cut_short_ends_at_the_next_opening()
    {
        Open().Get(Traffic);
        File.WriteAllBytes(Path.ChangeExtension(FileOf(Traffic), ".shredded"), []);

        Assert.Null(Open().Find(Traffic));
        Assert.False(File.Exists(FileOf(Traffic)));
    }

    [Theory]
    [InlineData("2026-11-01T23:59:59Z", ShredOutcome.NotOver)]
    [InlineData("2026-11-02T00:00:00Z", ShredOutcome.Shredded)]
    public async Task Period_must_be_over_for_a_day(string now, ShredOutcome expected)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse(now, null) - Delay);
        using var ring = Open(time);
        ring.Get(Traffic);
        ring.NoteDue(Traffic);
        time.Advance(Delay);

        Assert.Equal(expected, await ring.ShredAsync(October, LogRetention.Traffic, Cancellation));
        Assert.Equal(expected == ShredOutcome.NotOver, File.Exists(FileOf(Traffic)));
    }

    [Fact]
    public async Task Key_is_destroyed_once_it_was_due_for_as_long_as_is_set_and_not_a_tick_sooner()
    {
        var ring = Open();
        ring.Get(Traffic);
        Assert.Equal(ShredOutcome.TooSoon, await ring.ShredAsync(October, LogRetention.Traffic, Cancellation));

        ring.NoteDue(Traffic);
        _time.Advance(Delay - TimeSpan.FromTicks(1));
        ring.NoteDue(Traffic);
        Assert.Equal(ShredOutcome.TooSoon, await ring.ShredAsync(October, LogRetention.Traffic, Cancellation));
        Assert.NotNull(ring.Find(Traffic));

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(ShredOutcome.Shredded, ring.Judge(Traffic));
        Assert.NotNull(ring.Find(Traffic));
        Assert.Equal(ShredOutcome.Shredded, await ring.ShredAsync(October, LogRetention.Traffic, Cancellation));
        Assert.Empty(ring.Due);
    }

    [Fact]
    public async Task Key_that_was_due_is_not_after_a_restart_and_not_when_it_was_taken_back()
    {
        var ring = Open();
        ring.Get(Traffic);
        ring.NoteDue(Traffic);
        _time.Advance(Delay);

        Assert.Empty(Open().Due);
        Assert.Equal(ShredOutcome.TooSoon, await Open().ShredAsync(October, LogRetention.Traffic, Cancellation));
        ring.NoteNotDue(Traffic);
        Assert.Equal(ShredOutcome.TooSoon, await ring.ShredAsync(October, LogRetention.Traffic, Cancellation));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    [InlineData(-6, false)]
    public void Clock_that_steps_while_a_key_is_due_begins_the_wait_again(int minutes, bool isRipe)
    {
        var ring = Open();
        ring.NoteDue(Traffic);
        _time.Advance(Delay / 2);
        _time.Set(_time.GetUtcNow().AddMinutes(minutes));
        _time.Advance(Delay / 2);

        Assert.Equal(isRipe ? ShredOutcome.Shredded : ShredOutcome.TooSoon, ring.Judge(Traffic));

        ring.NoteDue(Traffic);
        _time.Advance(Delay);
        Assert.Equal(ShredOutcome.Shredded, ring.Judge(Traffic));
    }

    [Theory]
    [InlineData(31, ShredOutcome.Shredded)]
    [InlineData(32, ShredOutcome.ClockInDoubt)]
    public void Clock_that_was_too_far_ahead_at_the_start_destroys_nothing_however_evenly_it_goes(
        int days,
        ShredOutcome expected
    )
    {
        var due = NewDue(_time);
        due.Resume(_time.GetUtcNow().AddDays(-days));
        using var ring = new KeyRing(new(_folder.Path, "silo-1", new TestSecrets()), due, _time);
        ring.NoteDue(Traffic);
        _time.Advance(TimeSpan.FromDays(400));

        Assert.Equal(expected, ring.Judge(Traffic));
    }

    [Theory]
    [InlineData(681, 681, LogRetention.Traffic, true)]
    [InlineData(600, 700, LogRetention.Unspecified, true)]
    [InlineData(600, 680, LogRetention.Unspecified, false)]
    [InlineData(682, 700, LogRetention.Unspecified, false)]
    [InlineData(681, 681, LogRetention.Administration, false)]
    public async Task Legal_hold_stops_shredding_of_what_it_covers(
        int first,
        int last,
        LogRetention retention,
        bool isHeld
    )
    {
        var hold = new LegalHold("case-7", new(first), new(last), retention);
        Open().Get(Traffic);
        await Open().PlaceHoldAsync(hold, Cancellation);

        var ring = Open();
        Assert.Equal([hold], ring.Holds);
        var outcome = await ShredWhenDueAsync(ring);

        Assert.Equal(isHeld ? ShredOutcome.Held : ShredOutcome.Shredded, outcome);
        Assert.Equal(isHeld, Open().Find(Traffic) is not null);
    }

    [Fact]
    public async Task Lifted_hold_holds_no_more_and_others_stay()
    {
        var ring = Open();
        ring.Get(Traffic);
        await ring.PlaceHoldAsync(new("one", October, October, LogRetention.Traffic), Cancellation);
        await ring.PlaceHoldAsync(new("two", October, October, LogRetention.Traffic), Cancellation);

        Assert.True(await ring.LiftHoldAsync("one", Cancellation));
        Assert.False(await ring.LiftHoldAsync("one", Cancellation));
        Assert.Equal(ShredOutcome.Held, await ShredWhenDueAsync(ring));
        Assert.True(await ring.LiftHoldAsync("two", Cancellation));
        Assert.Equal(ShredOutcome.Shredded, await ring.ShredAsync(October, LogRetention.Traffic, Cancellation));
    }

    [Fact]
    public void Holds_that_can_not_be_read_stop_the_opening()
    {
        Open();
        File.WriteAllText(_folder.In("silo-1", "holds.json"), "[{");

        var exception = Assert.Throws<AccessLogDamagedException>(Open);
        Assert.Contains("holds.json", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_under_another_master_key_or_in_anothers_place_is_refused_by_name()
    {
        Open().Get(Traffic);
        Assert.Throws<AccessLogDamagedException>(() => Open(master: 8).Find(Traffic));

        var other = Traffic with { Retention = LogRetention.Administration };
        File.Copy(FileOf(Traffic), FileOf(other));
        var exception = Assert.Throws<AccessLogDamagedException>(() => Open().Find(other));
        Assert.Contains(FileOf(other), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_byte_of_a_key_file_can_be_altered_unseen()
    {
        Open().Get(Traffic);
        var bytes = File.ReadAllBytes(FileOf(Traffic));
        for (var i = 0; i < bytes.Length; i++)
        {
            var altered = bytes.ToArray();
            altered[i] ^= 1;
            File.WriteAllBytes(FileOf(Traffic), altered);
            Assert.Throws<AccessLogDamagedException>(() => Open().Find(Traffic));
        }
    }

    private static string Pseudonym(DetailKey key)
    {
        Span<byte> pseudonym = stackalloc byte[16];
        key.Pseudonymise("x"u8, pseudonym);
        return Convert.ToHexString(pseudonym);
    }

    private KeyRing Open() => Open(7);

    private KeyRing Open(byte master) =>
        new(new(_folder.Path, "silo-1", new TestSecrets(master)), NewDue(_time), _time);

    private KeyRing Open(FakeTimeProvider time) =>
        new(new(_folder.Path, "silo-1", new TestSecrets()), NewDue(time), time);

    private static DueKeys NewDue(FakeTimeProvider time) => new(time, Delay, TimeSpan.FromDays(31));

    private Task<ShredOutcome> ShredWhenDueAsync(KeyRing ring)
    {
        ring.NoteDue(Traffic);
        _time.Advance(Delay);
        return ring.ShredAsync(October, LogRetention.Traffic, Cancellation);
    }

    private string FileOf(KeyName name) => _folder.In("silo-1", name + ".key");
}
