using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Keys;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Tests.Keys;

public sealed class KeyScheduleTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1000)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(89)]
    [InlineData(90)]
    [InlineData(1000)]
    public void A_key_without_a_successor_is_active_whatever_the_clock_says(int day) =>
        Assert.Equal([KeyStanding.Active], StandingsOn(day, 0));

    [Theory]
    [InlineData(0, nameof(KeyStanding.Active), nameof(KeyStanding.Announced))]
    [InlineData(89.99, nameof(KeyStanding.Active), nameof(KeyStanding.Announced))]
    [InlineData(90, nameof(KeyStanding.Retiring), nameof(KeyStanding.Active))]
    [InlineData(96.99, nameof(KeyStanding.Retiring), nameof(KeyStanding.Active))]
    [InlineData(97, nameof(KeyStanding.Retired), nameof(KeyStanding.Active))]
    [InlineData(1000, nameof(KeyStanding.Retired), nameof(KeyStanding.Active))]
    public void A_key_retires_for_seven_days_when_the_next_begins(double day, string old, string next) =>
        Assert.Equal([old, next], StandingsOn(day, 0, 90).Select(standing => standing.ToString()));

    [Fact]
    public void Of_many_keys_one_is_active() =>
        Assert.Equal(
            [
                KeyStanding.Retired,
                KeyStanding.Retiring,
                KeyStanding.Retiring,
                KeyStanding.Active,
                KeyStanding.Announced,
            ],
            StandingsOn(100, 0, 92, 95, 99, 101)
        );

    [Fact]
    public void The_order_in_which_keys_are_listed_does_not_count()
    {
        var keys = Keys(0, 90);
        var backwards = keys.AsEnumerable().Reverse().ToList();
        Assert.All(
            keys,
            key =>
                Assert.Equal(
                    KeySchedule.StandingOf(key, keys, Begin.AddDays(91)),
                    KeySchedule.StandingOf(key, backwards, Begin.AddDays(91))
                )
        );
    }

    [Theory]
    [InlineData(89, false, false)]
    [InlineData(90, true, false)]
    [InlineData(100, false, false)]
    [InlineData(190, false, true)]
    public void The_key_in_force_is_overdue_after_its_planned_end(int day, bool isFirstOverdue, bool isSecondOverdue)
    {
        var keys = Keys(0, 99);
        Assert.Equal(
            [isFirstOverdue, isSecondOverdue],
            keys.Select(key => KeySchedule.IsOverdue(key, keys, Begin.AddDays(day)))
        );
    }

    private static IEnumerable<KeyStanding> StandingsOn(double day, params int[] beginDays)
    {
        var keys = Keys(beginDays);
        return keys.Select(key => KeySchedule.StandingOf(key, keys, Begin.AddDays(day)));
    }

    private static List<KeyRecord> Keys(params int[] beginDays) =>
        [
            .. beginDays.Select(
                (day, i) =>
                    new KeyRecord(
                        IndicatorType.Email,
                        (uint)i + 1,
                        "canon-1",
                        Begin.AddDays(day),
                        Begin.AddDays(day + 90),
                        VoprfKey.Generate()
                    )
            ),
        ];
}
