using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Census;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.StoredV1;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Grains.Tests.Census;

/// <summary>What a census says of signals, and whose it counts.</summary>
public sealed class CensusTallyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Signals_are_counted_by_category_type_age_member_method_and_overlap()
    {
        var census = Count(
            Indicator(Of("a"), Of("b", ageDays: 40)),
            Indicator(Of("a", ageDays: 3, change: it => it.Categories.Add(ExploitationCategory.CseTrafficking)))
        );

        Assert.Equal((3ul, 2ul, 1ul), (census.LiveSignals, census.Indicators, census.SharedIndicators));
        Assert.Equal(
            [(ExploitationCategory.CseGrooming, 3ul), (ExploitationCategory.CseTrafficking, 1ul)],
            census.Categories.Select(it => (it.Category, it.Signals))
        );
        Assert.Equal(
            (IndicatorType.Email, 3ul, 2ul, 1ul),
            (
                census.IndicatorTypes[0].Type,
                census.IndicatorTypes[0].Signals,
                census.IndicatorTypes[0].Indicators,
                census.IndicatorTypes[0].SharedIndicators
            )
        );
        Assert.Equal([1ul, 1, 0, 1, 0, 0], census.Ages.Select(it => it.Signals));
        Assert.Equal([1ul, 1, 0, 0, 0], census.Overlaps.Select(it => it.Indicators));
        Assert.Equal([(DetectionMethod.HumanReview, 3ul)], census.Methods.Select(it => (it.Method, it.Signals)));
        Assert.Equal([("a", 2ul), ("b", 1ul)], census.Members.Select(it => (it.MemberId, it.Live)));
    }

    [Fact]
    public void A_members_precision_and_debt_follow_from_what_it_took_back_and_what_others_cleared()
    {
        var census = Count(
            Indicator(Withdrawn("a", RetractionReason.FalsePositive)),
            Indicator(Withdrawn("a", RetractionReason.Duplicate)),
            Indicator(Of("a"), Of("b")),
            Indicator(Of("a"), Of("b", change: it => it.Status = SignalStatus.Cleared)),
            Indicator(Disputed("a"))
        );

        var a = census.Members[0];
        Assert.Equal((5ul, 2ul, 1ul), (a.Said, a.Withdrawn, a.Wrong));
        Assert.Equal((3ul, 1ul, 2ul), (a.Live, a.ConfirmedByOthers, a.Debt));
        Assert.Equal(0ul, census.Members[1].Debt);
        Assert.Equal(
            [RetractionReason.FalsePositive, RetractionReason.Duplicate],
            census.Retractions.Select(it => it.Reason)
        );
        Assert.Equal(
            (1ul, 1ul, 24ul),
            (census.Retractions[0].Week, census.Retractions[0].Month, census.Retractions[0].MedianHours)
        );
    }

    [Fact]
    public void A_member_learns_nothing_of_others_by_counting_what_it_submitted()
    {
        // A thousand guesses, of which others have said some, cleared some and said some to an audience without the guesser.
        var guesses = Enumerable.Range(0, 1000).Select(_ => Of("a")).ToList();
        var alone = OwnOf([.. guesses.Select(guess => Indicator(guess))]);
        var among = OwnOf([
            .. guesses.Select(
                (guess, place) =>
                    (place % 4) switch
                    {
                        0 => Indicator(guess),
                        1 => Indicator(guess, Of("b")),
                        2 => Indicator(guess, Of("b", change: it => it.Status = SignalStatus.Cleared)),
                        _ => Indicator(guess, Of("b", change: it => it.Audience = new() { GroupIds = { "others" } })),
                    }
            ),
        ]);

        Assert.Equal(alone, among);
        Assert.Equal((1000ul, 0ul, 0ul), (among.Totals.Live, among.Totals.ConfirmedByOthers, among.Totals.Debt));
    }

    [Fact]
    public void A_member_is_told_how_many_of_its_own_signals_are_disputed() =>
        Assert.Equal(
            1ul,
            OwnOf(
                Indicator(Disputed("a")),
                Indicator(Of("a"), Of("b", change: it => it.Status = SignalStatus.Cleared))
            ).Totals.Debt
        );

    [Fact]
    public void Saying_again_what_was_wrong_makes_nobody_more_precise()
    {
        var again = Of("a");
        again.WrongWithdrawals = 2;
        var withdrawn = Withdrawn("a", RetractionReason.FalsePositive);
        withdrawn.WrongWithdrawals = 3;

        var a = Count(Indicator(again), Indicator(withdrawn)).Members[0];

        Assert.Equal((6ul, 5ul, 5ul, 1ul), (a.Said, a.Withdrawn, a.Wrong, a.Live));
    }

    [Fact]
    public void What_is_said_in_test_mode_has_ended_or_left_with_its_member_is_in_no_figure()
    {
        var census = Count(
            Indicator(Of("a", test: true)),
            Indicator(Of("a", change: it => it.ExpiresAt = Now.ToTimestamp())),
            Indicator(Of("gone"))
        );

        Assert.Equal((0ul, 0ul), (census.LiveSignals, census.Indicators));
        Assert.Equal(
            [("a", 1ul, 0ul), ("gone", 1ul, 0ul)],
            census.Members.Select(it => (it.MemberId, it.Said, it.Live))
        );
    }

    [Fact]
    public void A_members_administrators_see_the_newest_two_hundred_of_its_own()
    {
        var tally = new CensusTally(new Standing(), Now);
        for (var place = 0; place < 250; place++)
        {
            tally.Add(Indicator(Of("a", ageDays: place)));
        }

        tally.Add(Indicator(Of("a", test: true)));
        var own = Assert.Single(tally.Owns());

        Assert.Equal(250ul, own.Totals.Said);
        Assert.Equal(200, own.Signals.Count);
        Assert.Equal(
            own.Signals.Select(it => it.ModifiedAt.ToDateTimeOffset()).OrderDescending(),
            own.Signals.Select(it => it.ModifiedAt.ToDateTimeOffset())
        );
        Assert.Contains(own.Signals, it => it.Test);
    }

    private static SignalCensus Count(params IndicatorState[] indicators)
    {
        var tally = new CensusTally(new Standing(), Now);
        Array.ForEach(indicators, tally.Add);
        return tally.ToCensus(TimeSpan.FromSeconds(1));
    }

    private static OwnSignalsState OwnOf(params IndicatorState[] indicators)
    {
        var tally = new CensusTally(new Standing(), Now);
        Array.ForEach(indicators, tally.Add);
        return tally.Owns().Single(own => own.Totals.MemberId == "a");
    }

    private static IndicatorState Indicator(params Signal[] signals) => new() { Signals = { signals } };

    private static Signal Of(
        string owner,
        int ageDays = 0,
        bool test = false,
        Action<SignalStatement>? change = null
    ) =>
        new()
        {
            SignalId = SignalId.NewId().ToByteString(),
            Owner = owner,
            Type = IndicatorType.Email,
            Statement = Statements.Valid(Now, change ?? (_ => { })),
            Revision = 1,
            State = SignalState.Active,
            SubmittedAt = Now.AddDays(-ageDays).ToTimestamp(),
            ModifiedAt = Now.AddDays(-ageDays).ToTimestamp(),
            Test = test,
        };

    private static Signal Withdrawn(string owner, RetractionReason reason)
    {
        var signal = Of(owner, ageDays: 3);
        (signal.State, signal.RetractionReason) = (SignalState.Retracted, reason);
        signal.ModifiedAt = Now.AddDays(-2).ToTimestamp();
        return signal;
    }

    private static Signal Disputed(string owner)
    {
        var signal = Of(owner);
        signal.Disputed = true;
        return signal;
    }

    /// <summary>One member has left with its signals.</summary>
    private sealed class Standing : IMemberStanding
    {
        public Policy Policy => new();

        public bool HasWithdrawn(string memberId) => memberId == "gone";

        public QuotaLimits LimitsOf(string memberId) => new();
    }
}
