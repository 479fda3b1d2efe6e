using CsCheck;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Contracts;
using SignalExchange.Index.Templates;
using SignalExchange.TestKit;

namespace SignalExchange.Index.Tests.Templates;

/// <summary>What ads have in common is counted for some days that pass, whatever the wall clock says meanwhile.</summary>
public sealed class AdTrafficTests
{
    private const ulong Member = 17;
    private const int Phrases = 3;
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TemplateOptions TwoDays = new()
    {
        WindowDays = 2,
        StopBandMembers = 1,
        StopBandMinAds = 10,
        StopBandShare = 0.1,
        DryRunAds = 400,
        DryRunMinAds = 10,
        DryRunShare = 0.1,
    };

    [Fact]
    public void A_clock_that_is_set_ahead_or_back_however_far_changes_nothing() =>
        Gen.Select(Gen.Int[0, 40], Gen.OneOf(Gen.Const(0), Gen.Int[-900, 900]), Gen.Int[0, Phrases - 1], Gen.Int[0, 15])
            .Array[1, 25]
            .Sample(
                steps =>
                {
                    var (jumping, steady) = (new SteppedClock(Start), new FakeTimeProvider(Start));
                    var (traffic, model) = (NewTraffic(jumping), NewTraffic(steady));
                    var ads = 0UL;
                    foreach (var (hours, jumpDays, phrase, count) in steps)
                    {
                        jumping.Set(jumping.GetUtcNow() + TimeSpan.FromDays(jumpDays));
                        jumping.Advance(TimeSpan.FromHours(hours));
                        steady.Advance(TimeSpan.FromHours(hours));
                        for (var i = 0; i < count; i++)
                        {
                            var ad = AdWith(phrase, ++ads);
                            traffic.Note(ad, Member);
                            model.Note(ad, Member);
                        }

                        traffic.Forget();
                        model.Forget();
                        Assert.Equal(Standing(model), Standing(traffic));
                    }
                },
                iter: 40,
                threads: 1
            );

    [Fact]
    public void A_far_jump_ahead_and_back_neither_ends_the_week_nor_keeps_what_is_over()
    {
        var clock = new SteppedClock(Start);
        var traffic = NewTraffic(clock);
        for (var ad = 1UL; ad <= 20; ad++)
        {
            traffic.Note(AdWith(0, ad), Member);
        }

        clock.Set(Start.AddYears(10));
        traffic.Forget();
        Assert.NotEqual(0UL, traffic.FindStopBands(AdWith(0, 100), Member));
        clock.Set(Start);
        Assert.NotEqual(0UL, traffic.FindStopBands(AdWith(0, 100), Member));
        Assert.True(traffic.WouldMatchTooMany(AdWith(0, 100), Member, ignored: 0, threshold: 3));

        clock.Advance(TimeSpan.FromDays(2));
        traffic.Forget();
        Assert.Equal(0UL, traffic.FindStopBands(AdWith(0, 100), Member));
        Assert.False(traffic.WouldMatchTooMany(AdWith(0, 100), Member, ignored: 0, threshold: 3));
    }

    [Fact]
    public async Task Ads_are_noted_while_templates_are_tried_on_the_last_ones_and_each_trial_sees_whole_ads()
    {
        var traffic = NewTraffic(new FakeTimeProvider(Start));
        var ads = 0UL;
        for (; ads < 400; ads++)
        {
            traffic.Note(AdWith(0, ads), Member);
        }

        var isDone = false;
        var noting = Task.Run(
            () =>
            {
                while (!Volatile.Read(ref isDone))
                {
                    traffic.Note(AdWith(0, ++ads), Member);
                }
            },
            TestContext.Current.CancellationToken
        );
        for (var trial = 0; trial < 2_000; trial++)
        {
            // All of the last 400 have the phrase, and none has more: a torn one would have less of it, or none of 21.
            Assert.True(traffic.WouldMatchTooMany(AdWith(0, ulong.MaxValue), Member, ignored: 0, threshold: 20));
            Assert.False(traffic.WouldMatchTooMany(AdWith(0, ulong.MaxValue), Member, ignored: 0, threshold: 21));
        }

        Volatile.Write(ref isDone, true);
        await noting;
    }

    private static AdTraffic NewTraffic(TimeProvider clock) => new(Options.Create(TwoDays), clock);

    private static IEnumerable<(ulong, bool)> Standing(AdTraffic traffic) =>
        [
            .. Enumerable
                .Range(0, Phrases)
                .Select(phrase => AdWith(phrase, 0))
                .Select(ad => (traffic.FindStopBands(ad, Member), traffic.WouldMatchTooMany(ad, Member, 0, 3))),
        ];

    // The first 20 bands are the phrase's; the others are this ad's alone.
    private static ulong[] AdWith(int phrase, ulong number) =>
        [
            .. Enumerable
                .Range(0, Limits.BandsPerAd)
                .Select(band =>
                    Spread(
                        band < 20
                            ? (ulong)((phrase * 64) + band + 1)
                            : unchecked((number << 8) + (ulong)band + (1UL << 60))
                    )
                ),
        ];

    // SplitMix64's finaliser: each input another output, all bits of it as good as random.
    private static ulong Spread(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
