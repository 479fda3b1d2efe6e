using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Templates;

/// <summary>The rules by which a template's state changes: what <see cref="IndicatorLedger"/> says of signals, and sketches.</summary>
/// <remarks>Pure: takes a state and the version of its row, returns a new state and never touches the old one.</remarks>
internal static class TemplateLedger
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Registers an ad as a template, or the caller's signal on one that is there.</summary>
    /// <param name="state">The present state.</param>
    /// <param name="version">The sequence of the change that made it; 0 for a template that is not stored yet.</param>
    /// <param name="command">What is registered.</param>
    /// <param name="now">The time of the change.</param>
    public static LedgerStep Register(IndicatorState state, long version, RegisterCommand command, DateTimeOffset now)
    {
        var member = command.Submit.Caller.Member.Value;
        var asksForMore = command.MinBands > (state.Template is { } known ? AskedBy(known, member.Equals) : 0);
        var also = new[] { (byte)command.MinBands };
        var step = IndicatorLedger.Submit(state, version, command.Submit, now, also, asksForMore);
        if (step.Next is not { } next)
        {
            return step;
        }

        var isNew = !state.Signals.Any(signal => signal.IsLive(now));
        if (isNew && command.Objection is { } objection)
        {
            return LedgerStep.Refused(Refusal.From(objection));
        }

        var template = next.Template ??= new TemplateState();
        template.RegisteredAt = isNew ? now.ToTimestamp() : template.RegisteredAt;
        if (asksForMore)
        {
            Ask(template, member, command.MinBands);
        }

        if (template.Sketches.Count == 0)
        {
            template.Sketches.Add(NewSketch(command.Sketch, generation: 0, now));
        }

        // The index may have forgotten a template of which nothing was live.
        next.LastChange = ChangeOf(next, step, isNew ? 0 : template.Sketches.Count);
        return step;
    }

    /// <summary>Registers an edited copy under a template.</summary>
    /// <param name="state">The present state.</param>
    /// <param name="version">The sequence of the change that made it.</param>
    /// <param name="command">What is registered.</param>
    /// <param name="heard">The members whose live signals on the template the caller sees.</param>
    /// <param name="limits">How far templates may grow.</param>
    /// <param name="now">The time of the change.</param>
    public static LedgerStep Grow(
        IndicatorState state,
        long version,
        GrowCommand command,
        IReadOnlySet<string> heard,
        GrowthLimits limits,
        DateTimeOffset now
    )
    {
        var member = command.Submit.Caller.Member.Value;
        if (state.Template is not { } template || FindNearest(template, command.Sketch, heard) is not { } nearest)
        {
            return LedgerStep.Refused(new Refusal(ErrorReason.TemplateNotFound, "template_id"));
        }

        // A retry is no case for these: its copy is there.
        var outcome = GrowthRule.Judge(GrowthOf(template, command, heard, nearest, now), limits);
        if (GrowthRule.RefusalOf(outcome, limits) is { } refusal)
        {
            return LedgerStep.Refused(refusal);
        }

        var joins = outcome == GrowthOutcome.Joins;
        var backs = outcome == GrowthOutcome.IsThere && !StandsBehind(nearest.Sketch, member);
        var step = IndicatorLedger.Submit(state, version, command.Submit, now, command.Sketch.Bands, joins || backs);
        if (step.Next is not { } next)
        {
            return step;
        }

        if (joins && command.Objection is { } objection)
        {
            return LedgerStep.Refused(Refusal.From(objection));
        }

        var first = next.Template.Sketches.Count;
        if (joins)
        {
            next.Template.Sketches.Add(NewSketch(command.Sketch, nearest.Sketch.Generation + 1, now, member));
        }
        else if (backs)
        {
            next.Template.Sketches[nearest.Place].Owners.Add(member);
        }

        next.LastChange = ChangeOf(next, step, first);
        return step;
    }

    /// <summary>Returns how many bands must agree at least for who hears some members; 0 if those ask for nothing.</summary>
    /// <remarks>Of a member that is not heard nobody may notice anything: neither a signal, nor that a template is found less.</remarks>
    public static int AskedBy(TemplateState template, Func<string, bool> isHeard) =>
        (int)template.Asks.Where(ask => isHeard(ask.Owner)).Select(ask => ask.MinBands).DefaultIfEmpty().Max();

    private static void Ask(TemplateState template, string member, int minBands)
    {
        var own = template.Asks.FirstOrDefault(ask => ask.Owner == member);
        if (own is null)
        {
            template.Asks.Add(own = new TemplateAsk { Owner = member });
        }

        own.MinBands = (uint)minBands;
    }

    private static Growth GrowthOf(
        TemplateState template,
        GrowCommand command,
        IReadOnlySet<string> heard,
        NearestSketch nearest,
        DateTimeOffset now
    ) =>
        new(
            template.Sketches.Count,
            template.Sketches.Count(sketch => sketch.AddedAt.ToDateTimeOffset() > now - Day),
            (int)nearest.Sketch.Generation,
            nearest.AgreeingBands,
            MatchRule.Judge(
                nearest.AgreeingBands,
                Math.Max(command.Threshold, AskedBy(template, heard.Contains)),
                command.StrongBands
            )
        );

    private static NearestSketch? FindNearest(TemplateState template, SketchDraft draft, IReadOnlySet<string> heard) =>
        template
            .Sketches.Select((sketch, place) => new NearestSketch(sketch, place, CountAgreeing(sketch, draft)))
            .Where(it => it.Sketch.Owners.Count == 0 ? heard.Count > 0 : it.Sketch.Owners.Any(heard.Contains))
            .MaxBy(it => it.AgreeingBands);

    private static int CountAgreeing(TemplateSketch sketch, SketchDraft draft)
    {
        var agreeing = 0;
        var one = sketch.Bands.Span;
        var other = draft.Bands.AsSpan();
        for (var place = 0; place < TemplateChange.SketchSize; place += TemplateChange.BandSize)
        {
            var isSame = one.Slice(place, TemplateChange.BandSize)
                .SequenceEqual(other.Slice(place, TemplateChange.BandSize));
            agreeing += isSame ? 1 : 0;
        }

        return agreeing;
    }

    private static bool StandsBehind(TemplateSketch sketch, string member) =>
        sketch.Owners.Count == 0 || sketch.Owners.Contains(member);

    private static TemplateSketch NewSketch(
        SketchDraft draft,
        uint generation,
        DateTimeOffset now,
        params IEnumerable<string> owners
    ) =>
        new()
        {
            Bands = ByteString.CopyFrom(draft.Bands),
            SealedElements = ByteString.CopyFrom(draft.SealedElements),
            Owners = { owners },
            Generation = generation,
            AddedAt = now.ToTimestamp(),
        };

    private static IndicatorChange ChangeOf(IndicatorState next, LedgerStep step, int firstSketch) =>
        new()
        {
            Template = new TemplateGrown
            {
                Submitted = next.Signals.First(signal => signal.SignalId == step.SignalId),
                RegisteredAt = next.Template.RegisteredAt,
                FirstSketch = (uint)firstSketch,
                Sketches = { next.Template.Sketches.Skip(firstSketch).Select(sketch => sketch.Bands) },
            },
        };

    private sealed record NearestSketch(TemplateSketch Sketch, int Place, int AgreeingBands);
}
