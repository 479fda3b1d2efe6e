using Microsoft.Extensions.Logging.Abstractions;
using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Members;
using SignalExchange.TestKit;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>Details are destroyed when their time has come, on a real log whose clock the test turns.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    // Both are kept from January 2025 on: traffic until the end of February 2026, administration for seven years.
    private readonly SteppedClock _clock = new(new(2025, 1, 15, 12, 0, 0, TimeSpan.Zero));
    private readonly NullSearch _search = new();
    private readonly SqliteLog _log;

    public RetentionTests() => _log = new(_clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AccessLogHost Log => _log.Host;

    public async ValueTask InitializeAsync()
    {
        await _log.StartAsync(Ct);
        await Write(LogRetention.Traffic);
        await Write(LogRetention.Administration);
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Theory]
    [InlineData(2026, 2, DetailState.Open)]
    [InlineData(2026, 3, DetailState.Shredded)]
    public async Task Traffic_is_kept_thirteen_months_unless_the_policy_says_otherwise(
        int year,
        int month,
        DetailState expected
    )
    {
        _clock.SetUtcNow(new(year, month, 10, 0, 0, 0, TimeSpan.Zero));

        await KeepADayLong(new());

        Assert.Equal((expected, DetailState.Open), await States());
        Assert.Equal(expected == DetailState.Shredded ? 1 : 0, _search.Forgotten);
    }

    [Fact]
    public async Task What_is_due_and_what_was_destroyed_is_an_entry_each_and_not_destroyed_again()
    {
        _clock.SetUtcNow(new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero));

        await KeepADayLong(new());
        await KeepADayLong(new());

        Assert.Equal(["2025-01/Traffic due", "2025-01/Traffic shredded"], await Steps());
    }

    [Fact]
    public async Task A_shorter_policy_destroys_sooner_and_a_hold_keeps_until_it_is_lifted()
    {
        _clock.SetUtcNow(new(2025, 4, 10, 0, 0, 0, TimeSpan.Zero));
        var policy = new Policy { TrafficMonths = 2, AdministrationMonths = 2 };
        var period = (2025 - 1970) * 12u;
        var hold = new Hold
        {
            HoldId = "case-7",
            FirstPeriod = period,
            LastPeriod = period,
        };

        await KeepADayLong(policy, hold);
        Assert.Equal((DetailState.Open, DetailState.Open), await States());

        await KeepADayLong(policy);
        Assert.Equal((DetailState.Shredded, DetailState.Shredded), await States());
    }

    [Fact]
    public async Task A_round_that_broke_off_before_the_index_forgot_is_done_again()
    {
        _clock.SetUtcNow(new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero));
        _search.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => KeepADayLong(new()));
        Assert.Equal((DetailState.Open, DetailState.Open), await States());

        _search.Fails = false;
        await (await Keeper(new())).Keep(Ct);

        Assert.Equal((DetailState.Shredded, DetailState.Open), await States());
        Assert.Equal(1, _search.Forgotten);
    }

    [Fact]
    public async Task Who_has_not_heard_of_the_registry_lately_destroys_nothing()
    {
        _clock.SetUtcNow(new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero));
        await (await Keeper(new())).Keep(Ct);
        var keeper = await Keeper(new());
        _clock.Advance(TimeSpan.FromDays(1) + MemberDirectory.LongestSilence + TimeSpan.FromSeconds(1));

        await keeper.Keep(Ct);

        Assert.Equal((DetailState.Open, DetailState.Open), await States());
    }

    [Fact]
    public async Task Minute_of_a_clock_set_ahead_two_years_destroys_nothing()
    {
        var now = _clock.GetUtcNow();
        _clock.Set(now.AddYears(2));
        await KeepFor(TimeSpan.FromMinutes(1), new());
        _clock.Set(now.AddMinutes(1));
        await KeepADayLong(new());

        Assert.Equal((DetailState.Open, DetailState.Open), await States());
        Assert.Empty(await Steps());
    }

    [Fact]
    public async Task Key_that_a_clock_set_ahead_made_due_waits_again_when_its_time_really_comes()
    {
        var policy = new Policy { TrafficMonths = 2 };
        _clock.SetUtcNow(new(2025, 3, 20, 0, 0, 0, TimeSpan.Zero));
        _clock.Set(new(2025, 4, 5, 0, 0, 0, TimeSpan.Zero));
        await KeepFor(TimeSpan.FromMinutes(1), policy);
        Assert.Single(Log.Due);
        _clock.Set(new(2025, 3, 20, 0, 1, 0, TimeSpan.Zero));
        await KeepADayLong(policy);
        Assert.Empty(Log.Due);

        _clock.Set(new(2025, 4, 6, 0, 1, 0, TimeSpan.Zero));
        await (await Keeper(policy)).Keep(Ct);
        Assert.Equal((DetailState.Open, DetailState.Open), await States());
        await KeepADayLong(policy);

        Assert.Equal((DetailState.Shredded, DetailState.Open), await States());
        Assert.Equal(["2025-01/Traffic due", "2025-01/Traffic due", "2025-01/Traffic shredded"], await Steps());
    }

    [Fact]
    public async Task Clock_that_steps_within_the_day_begins_it_again()
    {
        _clock.SetUtcNow(new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero));
        await KeepFor(TimeSpan.FromHours(23), new());
        _clock.Set(_clock.GetUtcNow().AddHours(1));
        await KeepFor(TimeSpan.FromHours(1), new());
        Assert.Equal((DetailState.Open, DetailState.Open), await States());

        await KeepADayLong(new());

        Assert.Equal((DetailState.Shredded, DetailState.Open), await States());
        Assert.Equal(["2025-01/Traffic due", "2025-01/Traffic due", "2025-01/Traffic shredded"], await Steps());
    }

    private Task KeepADayLong(Policy policy, params Hold[] holds) => KeepFor(TimeSpan.FromDays(1), policy, holds);

    // A round now, and one when the time has passed.
    private async Task KeepFor(TimeSpan time, Policy policy, params Hold[] holds)
    {
        await (await Keeper(policy, holds)).Keep(Ct);
        _clock.Advance(time);
        await (await Keeper(policy, holds)).Keep(Ct);
    }

    private async Task<IEnumerable<string>> Steps()
    {
        var entries = await Log.ReadAsync(2, 100, Ct).ToListAsync(Ct);
        return entries.Select(entry =>
        {
            var change = Assert.Single(entry.Detail!.Changes);
            Assert.Equal("log.details", change.Setting);
            return $"{change.OldValue} {change.NewValue}";
        });
    }

    private async Task<RetentionKeeper> Keeper(Policy policy, params Hold[] holds)
    {
        var directory = new MemberDirectory(_clock);
        await directory.Ask(_ => Task.FromResult<RegistrySnapshot?>(new(1, [], [], policy, holds, [], [])));
        return new(directory, Log, Log, _log.Writer, _search, _clock, NullLogger<RetentionKeeper>.Instance);
    }

    private async Task Write(LogRetention retention)
    {
        var draft = _log.Writer.Begin(retention);
        draft.Detail.Method = "/test";
        await _log.Writer.AppendAsync(draft, Ct);
    }

    private async Task<(DetailState Traffic, DetailState Administration)> States()
    {
        var entries = await Log.ReadAsync(0, 2, Ct).ToListAsync(Ct);
        return (entries[0].State, entries[1].State);
    }

    private sealed class NullSearch : ISearchFollower
    {
        public int Forgotten { get; private set; }

        public bool Fails { get; set; }

        public long IndexedSize => 0;

        public Task<string?> FindDamageAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public Task WaitForAsync(long index, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<long> ForgetAsync(
            SignalExchange.AccessLog.Entries.LogPeriod period,
            LogRetention retention,
            CancellationToken cancellationToken
        )
        {
            if (Fails)
            {
                throw new IOException("The index's file cannot be written.");
            }

            Forgotten++;
            return Task.FromResult(1L);
        }
    }
}
