using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Grains.Templates;
using SignalExchange.Storage;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Grains.Tests.Templates;

public sealed class TemplateLedgerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly GrowthLimits Limits = GrowthLimits.Default;

    private readonly SketchDraft _ad = NewSketch();

    [Fact]
    public void A_first_registration_makes_a_template_and_tells_the_index_of_it()
    {
        var step = Register(new IndicatorState(), "a", minBands: 5);

        var template = step.Next!.Template;
        Assert.Equal((5, Now), (AskedBy(template, "a"), template.RegisteredAt.ToDateTimeOffset()));
        var sketch = Assert.Single(template.Sketches);
        Assert.Equal(_ad.Bands, sketch.Bands.ToByteArray());
        Assert.Equal(_ad.SealedElements, sketch.SealedElements.ToByteArray());
        Assert.Empty(sketch.Owners);

        Assert.True(new TemplateChangeReader().TryRead(DetailOf(step), out var change));
        Assert.Equal((Now, "a", 0), (change.RegisteredAt, change.Owner, change.FirstSketch));
        Assert.Equal(_ad.Bands, Assert.Single(change.Sketches).ToArray());
        Assert.Equal(step.Next.Signals[0], step.Next.LastChange.Template.Submitted);
    }

    [Fact]
    public void The_log_holds_no_sealed_element_and_other_changes_say_nothing_of_a_template()
    {
        var step = Register(new IndicatorState(), "a");
        var withdrawn = IndicatorLedger.Withdraw(
            step.Next!,
            1,
            new(Callers.Of("a"), NewId(), RetractionReason.Duplicate),
            Now
        );

        Assert.Equal(-1, DetailOf(step).AsSpan().IndexOf(_ad.SealedElements.AsSpan(0, 32)));
        Assert.False(new TemplateChangeReader().TryRead(DetailOf(withdrawn), out _));
        Assert.False(new TemplateChangeReader().TryRead(default, out _));
    }

    [Fact]
    public void An_objection_stops_what_is_new_and_nothing_else()
    {
        var objection = new Refusal(ErrorReason.TemplateTooCommon, "elements").ToItemError();
        var id = NewId();
        var refused = Register(new IndicatorState(), "a", id, objection: objection);
        var state = Register(new IndicatorState(), "a", id).Next!;

        Assert.Equal((null, ErrorReason.TemplateTooCommon), (refused.Next, refused.Refusal?.Reason));
        Assert.Null(Register(state, "a", id, objection: objection).Refusal);
        Assert.NotNull(Register(state, "b", objection: objection).Next);
        Assert.NotNull(Register(state, "a", objection: objection, change: it => it.Confidence = 3).Next);
    }

    [Fact]
    public void A_second_member_adds_its_signal_and_no_sketch()
    {
        var state = Register(new IndicatorState(), "a").Next!;

        var next = Register(state, "b").Next!;

        Assert.Equal(["a", "b"], next.Signals.Select(signal => signal.Owner));
        Assert.Single(next.Template.Sketches);
        Assert.Empty(next.LastChange.Template.Sketches);
    }

    [Fact]
    public void Whoever_asks_for_more_bands_gets_them_and_nobody_asks_for_fewer()
    {
        var state = Register(new IndicatorState(), "a", minBands: 4).Next!;

        var raised = Register(state, "a", minBands: 7).Next!;
        Assert.Equal(7, AskedBy(raised.Template, "a"));
        Assert.Equal(1u, raised.Signals[0].Revision);
        Assert.Null(Register(raised, "a", minBands: 3).Next);
        Assert.Equal(7, AskedBy(Register(raised, "b", minBands: 3).Next!.Template, "a", "b"));
    }

    [Fact]
    public void What_a_member_asks_for_holds_for_those_who_hear_it_and_for_nobody_else()
    {
        var state = Register(new IndicatorState(), "a").Next!;

        var raised = Register(state, "unheard", minBands: 12).Next!.Template;

        Assert.Equal((0, 12), (AskedBy(raised, "a"), AskedBy(raised, "a", "unheard")));
    }

    [Fact]
    public void What_comes_back_after_nothing_was_live_is_new_again_and_the_index_is_told_all_of_it()
    {
        var state = Register(new IndicatorState(), "a").Next!;
        state = Grow(state, "a", Near(_ad, 20)).Next!;
        var withdrawn = IndicatorLedger
            .Withdraw(state, 2, new(Callers.Of("a"), NewId(), RetractionReason.SubmittedInError), Now)
            .Next!;

        var later = Now.AddDays(20);
        var back = Register(withdrawn, "a", now: later).Next!;

        Assert.Equal(later, back.Template.RegisteredAt.ToDateTimeOffset());
        Assert.Equal((0u, 2), (back.LastChange.Template.FirstSketch, back.LastChange.Template.Sketches.Count));
    }

    [Fact]
    public void A_copy_that_matches_joins_with_its_member_behind_it()
    {
        var state = Register(new IndicatorState(), "a").Next!;
        var copy = Near(_ad, 20);

        var step = Grow(state, "b", copy);

        Assert.Equal(2, step.Next!.Template.Sketches.Count);
        var sketch = step.Next.Template.Sketches[1];
        Assert.Equal((1u, "b"), (sketch.Generation, Assert.Single(sketch.Owners)));
        Assert.Equal(["a", "b"], step.Next.Signals.Select(signal => signal.Owner));
        Assert.True(new TemplateChangeReader().TryRead(DetailOf(step), out var change));
        Assert.Equal((1, 1), (change.FirstSketch, change.Sketches.Count));
    }

    [Fact]
    public void A_retry_of_a_growth_writes_nothing_and_its_id_with_another_copy_is_refused()
    {
        var state = Register(new IndicatorState(), "a").Next!;
        var (id, copy) = (NewId(), Near(_ad, 20));
        var grown = Grow(state, "b", copy, id).Next!;

        Assert.Null(Grow(grown, "b", copy, id).Next);
        Assert.Null(Grow(grown, "b", copy, id).Refusal);
        Assert.Equal(ErrorReason.SubmissionIdReused, Grow(grown, "b", Near(_ad, 21), id).Refusal?.Reason);
    }

    [Theory]
    [InlineData(2, ErrorReason.GrowthTooWeak)]
    [InlineData(3, ErrorReason.GrowthTooWeak)]
    [InlineData(4, null)]
    [InlineData(39, null)]
    public void A_copy_must_be_more_than_a_weak_match(int agreeing, ErrorReason? reason)
    {
        var state = Register(new IndicatorState(), "a").Next!;

        Assert.Equal(reason, Grow(state, "b", Near(_ad, agreeing)).Refusal?.Reason);
    }

    [Fact]
    public void A_copy_that_is_there_adds_a_member_behind_it_and_no_sketch()
    {
        var state = Register(new IndicatorState(), "a").Next!;
        var copy = Near(_ad, 20);
        state = Grow(state, "b", copy).Next!;

        var agreed = Grow(state, "c", Near(copy, 40)).Next!;

        Assert.Equal(2, agreed.Template.Sketches.Count);
        Assert.Equal(["b", "c"], agreed.Template.Sketches[1].Owners);
        Assert.Null(Grow(agreed, "c", copy).Next);
        Assert.Empty(Grow(agreed, "d", _ad).Next!.Template.Sketches[0].Owners);
    }

    [Fact]
    public void A_template_does_not_grow_more_than_two_steps_from_its_first_ad()
    {
        var state = Register(new IndicatorState(), "a").Next!;
        var first = Near(_ad, 20);
        var second = Near(first, 20, from: 20);
        state = Grow(state, "a", first).Next!;
        state = Grow(state, "a", second).Next!;
        Assert.Equal([0u, 1u, 2u], state.Template.Sketches.Select(sketch => sketch.Generation));

        Assert.Equal(ErrorReason.GrowthTooFar, Grow(state, "a", Near(second, 8, from: 40)).Refusal?.Reason);
    }

    [Fact]
    public void It_grows_by_four_a_day_and_to_sixteen_in_all()
    {
        var (state, now) = (Register(new IndicatorState(), "a").Next!, Now);
        for (var sketches = 1; sketches < 16; sketches++)
        {
            var step = Grow(state, "a", Near(_ad, 20), now: now);
            if (step.Refusal is { } refusal)
            {
                Assert.Equal((ErrorReason.TooManySketchesToday, 4L), (refusal.Reason, refusal.Limit));
                now = now.AddDays(1);
                step = Grow(state, "a", Near(_ad, 20), now: now);
            }

            state = step.Next!;
        }

        Assert.Equal(16, state.Template.Sketches.Count);
        Assert.Equal(Now.AddDays(3), now);
        var last = Grow(state, "a", Near(_ad, 20), now: now.AddDays(2));
        Assert.Equal((ErrorReason.TooManySketches, 16L), (last.Refusal?.Reason, last.Refusal?.Limit));
    }

    [Fact]
    public void The_state_that_was_given_is_never_touched()
    {
        var state = Register(new IndicatorState(), "a").Next!;
        var before = state.Clone();

        Register(state, "b", minBands: 9);
        Grow(state, "b", Near(_ad, 20));

        Assert.Equal(before, state);
    }

    [Fact]
    public void What_is_no_template_or_out_of_sight_does_not_grow()
    {
        var state = Register(new IndicatorState(), "a").Next!;
        var plain = IndicatorLedger.Submit(new IndicatorState(), 0, CommandOf("a", NewId(), _ => { }), Now).Next!;

        Assert.Equal(ErrorReason.TemplateNotFound, Grow(new IndicatorState(), "b", _ad).Refusal?.Reason);
        Assert.Equal(ErrorReason.TemplateNotFound, Grow(plain, "b", _ad).Refusal?.Reason);
        Assert.Equal(ErrorReason.TemplateNotFound, Grow(state, "b", _ad, heard: []).Refusal?.Reason);
    }

    [Fact]
    public void A_copy_behind_which_nobody_is_heard_is_nothing_to_grow_from()
    {
        var state = Register(new IndicatorState(), "a").Next!;
        var copy = Near(_ad, 20);
        state = Grow(state, "b", copy).Next!;
        var near = Near(copy, 20, from: 20);

        Assert.Equal(ErrorReason.GrowthTooWeak, Grow(state, "c", near, heard: ["a"]).Refusal?.Reason);
        Assert.Null(Grow(state, "c", near, heard: ["a", "b"]).Refusal);
    }

    [Fact]
    public void The_largest_template_fits_into_a_row_of_the_log()
    {
        var (state, now) = (Register(new IndicatorState(), "a").Next!, Now);
        for (var sketches = 1; sketches < 16; sketches++)
        {
            now = now.AddHours(7);
            state = Grow(state, "a", Near(_ad, 20), now: now).Next!;
        }

        var withdrawn = IndicatorLedger
            .Withdraw(state, 2, new(Callers.Of("a"), NewId(), RetractionReason.SubmittedInError), now)
            .Next!;
        var step = Register(withdrawn, "a", now: now);

        Assert.InRange(DetailOf(step).Length, 16 * TemplateChange.SketchSize, ushort.MaxValue / 2);
    }

    private LedgerStep Register(
        IndicatorState state,
        string member,
        byte[]? id = null,
        int minBands = 0,
        ItemError? objection = null,
        DateTimeOffset? now = null,
        Action<SignalStatement>? change = null
    ) =>
        TemplateLedger.Register(
            state,
            version: 1,
            new(CommandOf(member, id ?? NewId(), change ?? (_ => { })), _ad, minBands, objection),
            now ?? Now
        );

    private static int AskedBy(TemplateState template, params string[] heard) =>
        TemplateLedger.AskedBy(template, heard.Contains);

    private static LedgerStep Grow(
        IndicatorState state,
        string member,
        SketchDraft copy,
        byte[]? id = null,
        IEnumerable<string>? heard = null,
        DateTimeOffset? now = null
    ) =>
        TemplateLedger.Grow(
            state,
            version: 1,
            new(CommandOf(member, id ?? NewId(), _ => { }), copy, MatchRule.MinThreshold, 12, null),
            (heard ?? state.Signals.Select(signal => signal.Owner)).ToHashSet(),
            Limits,
            now ?? Now
        );

    private static SubmitCommand CommandOf(string member, byte[] id, Action<SignalStatement> change) =>
        new(
            Callers.Of(member),
            id,
            IndicatorType.AdTemplate,
            "ad-template/1/0000000000000001",
            [],
            Statements.Valid(Now, change)
        );

    private static byte[] DetailOf(LedgerStep step) =>
        Google.Protobuf.MessageExtensions.ToByteArray(step.Next!.LastChange);

    private static SketchDraft NewSketch() =>
        new(RandomNumberGenerator.GetBytes(TemplateChange.SketchSize), RandomNumberGenerator.GetBytes(48 * 61));

    /// <summary>A sketch that agrees with another in some bands, from a band on.</summary>
    private static SketchDraft Near(SketchDraft other, int agreeing, int from = 0)
    {
        var near = NewSketch();
        var start = from * TemplateChange.BandSize;
        other.Bands.AsSpan(start, agreeing * TemplateChange.BandSize).CopyTo(near.Bands.AsSpan(start));
        return near;
    }

    private static byte[] NewId() => SubmissionId.NewId().ToByteString().ToByteArray();
}
