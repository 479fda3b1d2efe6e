using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Testing;

/// <summary>The templates of a fake exchange.</summary>
/// <remarks>
/// Rules of matching, growth and visibility are those of the contracts library. What depends on what others ask, stop-bands and the dry
/// run, is not there: a test says with RefuseNext that something is too common. For one flow at a time.
/// </remarks>
internal sealed class FakeTemplates(FakeLedger ledger, IFakeKeys keys, TimeProvider clock)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly List<FakeTemplate> _templates = [];

    private int Threshold =>
        MatchRule.Threshold(_templates.Sum(template => template.Sketches.Count), MatchThresholds.Default);

    public TemplateResult Register(Caller caller, KeyId keyId, TemplateRegistration registration)
    {
        var refusal =
            MessageForms.Check(registration)
            ?? CheckMinBands(registration.MinBands)
            ?? CheckElements(registration.Elements)
            ?? ledger.CheckStatement(caller, IndicatorType.AdTemplate, registration.Statement);
        if (refusal is { } found)
        {
            return new TemplateResult { Error = found.ToItemError() };
        }

        var now = clock.GetUtcNow();
        var known = _templates.Find(template => template.Sketches[0].Elements == registration.Elements);
        var isNew = known is null || !known.IsLiveAt(now);
        if (isNew && HasOwnCover(caller, keyId, registration.Elements, known, now))
        {
            return new TemplateResult { Error = new Refusal(ErrorReason.TemplateCovered, "elements").ToItemError() };
        }

        var template = known ?? new FakeTemplate(NewId(), now);
        var answer = Submit(caller, template, registration.SubmissionId, registration.Statement);
        if (answer.Refusal is null && known is null)
        {
            template.Sketches.Add(new FakeSketch(registration.Elements, 0, now).Under(keyId, keys));
            _templates.Add(template);
        }

        if (answer is { Refusal: null, IsAlreadyKnown: false } && isNew)
        {
            template.RegisteredAt = now;
        }

        var member = caller.Member.Value;
        template.Asks[member] = Math.Max(template.Asks.GetValueOrDefault(member), (int)registration.MinBands);
        return ResultOf(template, answer);
    }

    public TemplateResult Grow(Caller caller, KeyId keyId, TemplateGrowth growth)
    {
        var refusal =
            MessageForms.Check(growth)
            ?? CheckElements(growth.Elements)
            ?? ledger.CheckStatement(caller, IndicatorType.AdTemplate, growth.Statement);
        if (refusal is { } found)
        {
            return new TemplateResult { Error = found.ToItemError() };
        }

        var now = clock.GetUtcNow();
        var copy = new FakeSketch(growth.Elements, 0, now).Under(keyId, keys);
        var template = Find(growth.TemplateId);
        if (template?.FindNearest(caller, copy.Bands, now) is not { } nearest)
        {
            return new TemplateResult
            {
                Error = new Refusal(ErrorReason.TemplateNotFound, "template_id").ToItemError(),
            };
        }

        var outcome = GrowthRule.Judge(GrowthOf(caller, template, nearest, copy, now), GrowthLimits.Default);
        if (GrowthRule.RefusalOf(outcome, GrowthLimits.Default) is { } tooFar)
        {
            return new TemplateResult { Error = tooFar.ToItemError() };
        }

        var answer = Submit(caller, template, growth.SubmissionId, growth.Statement);
        if (answer.Refusal is null)
        {
            Join(template, nearest, growth.Elements, keyId, outcome, caller.Member.Value);
        }

        return ResultOf(template, answer);
    }

    public WithdrawResult Withdraw(Caller caller, TemplateWithdrawal withdrawal)
    {
        if (MessageForms.Check(withdrawal) is { } malformed)
        {
            return new WithdrawResult { Error = malformed.ToItemError() };
        }

        if (Find(withdrawal.TemplateId) is not { } template)
        {
            return new WithdrawResult { Error = new Refusal(ErrorReason.SignalNotFound).ToItemError() };
        }

        var plain = new Withdrawal { SubmissionId = withdrawal.SubmissionId, Reason = withdrawal.Reason };
        return template
            .Indicator.Withdraw(
                caller.Member.Value,
                plain,
                clock.GetUtcNow(),
                () => ledger.NextPosition(PlaceOf(template))
            )
            .ToWithdrawResult();
    }

    public GetResult? Read(Caller caller, ByteString templateId) =>
        Find(templateId) is { } template ? ledger.Read(caller, template.Indicator, PlaceOf(template)) : null;

    public IEnumerable<TemplateMatch> Match(Caller caller, IReadOnlyList<Token> bands)
    {
        var now = clock.GetUtcNow();
        var threshold = Threshold;
        return _templates
            .Select(template => (Template: template, Strength: template.StrengthFor(caller, bands, threshold, now)))
            .Where(it => it.Strength != MatchStrength.Unspecified)
            .OrderByDescending(it => it.Strength)
            .Select(it => MatchOf(caller, it.Template, it.Strength, now));
    }

    /// <summary>Gives every band another token.</summary>
    public void Rename(KeyId keyId)
    {
        foreach (var sketch in _templates.SelectMany(template => template.Sketches))
        {
            sketch.Under(keyId, keys);
        }
    }

    private TemplateMatch MatchOf(Caller caller, FakeTemplate template, MatchStrength strength, DateTimeOffset now)
    {
        var verdict = ledger.Check(caller, template.Indicator, PlaceOf(template))!;
        verdict.PermittedAction = TemplateVerdictPolicy.Limit(verdict.PermittedAction, strength, template.IsNewAt(now));
        return new TemplateMatch
        {
            TemplateId = template.Id.ToByteString(),
            Strength = strength,
            Verdict = verdict,
        };
    }

    private FakeAnswer Submit(Caller caller, FakeTemplate template, ByteString id, SignalStatement statement) =>
        template.Indicator.Submit(
            caller.Member.Value,
            new Submission { SubmissionId = id, Statement = statement },
            clock.GetUtcNow(),
            () => ledger.NextPosition(PlaceOf(template))
        );

    private void Join(
        FakeTemplate template,
        FakeSketch nearest,
        ByteString elements,
        KeyId keyId,
        GrowthOutcome outcome,
        string member
    )
    {
        if (outcome == GrowthOutcome.Joins)
        {
            var copy = new FakeSketch(elements, nearest.Generation + 1, clock.GetUtcNow(), member);
            template.Sketches.Add(copy.Under(keyId, keys));
        }
        else if (nearest.Owners.Count > 0 && !nearest.Owners.Contains(member))
        {
            nearest.Owners.Add(member);
        }
    }

    private Growth GrowthOf(
        Caller caller,
        FakeTemplate template,
        FakeSketch nearest,
        FakeSketch copy,
        DateTimeOffset now
    )
    {
        var agreeing = nearest.CountAgreeing(copy.Bands);
        return new(
            template.Sketches.Count,
            template.Sketches.Count(sketch => sketch.AddedAt > now - Day),
            nearest.Generation,
            agreeing,
            template.Judge(caller, agreeing, Threshold, now)
        );
    }

    private bool HasOwnCover(Caller caller, KeyId keyId, ByteString elements, FakeTemplate? known, DateTimeOffset now)
    {
        var bands = new FakeSketch(elements, 0, now).Under(keyId, keys).Bands;
        return _templates.Exists(template =>
            template != known
            && template.Indicator.Signals.Exists(signal =>
                signal.Owner == caller.Member.Value && signal.State == SignalState.Active
            )
            && template.StrengthFor(caller, bands, Threshold, now) == MatchStrength.Strong
        );
    }

    private FakeTemplate? Find(ByteString id) => _templates.Find(template => template.Id.ToByteString() == id);

    private static Refusal? CheckElements(ByteString elements) =>
        elements.Length == Limits.BandsPerAd * Token.Size
            ? null
            : new Refusal(ErrorReason.BandsMalformed, "elements", Limits.BandsPerAd, elements.Length / Token.Size);

    private static Refusal? CheckMinBands(uint minBands) =>
        minBands is 0 or (>= MatchRule.MinThreshold and <= MatchRule.MaxThreshold)
            ? null
            : new Refusal(ErrorReason.OutOfRange, "min_bands", MatchRule.MaxThreshold, minBands);

    private static TemplateResult ResultOf(FakeTemplate template, FakeAnswer answer) =>
        answer.Refusal is { } refusal
            ? new TemplateResult { Error = refusal.ToItemError() }
            : new TemplateResult
            {
                Accepted = new TemplateAccepted
                {
                    TemplateId = template.Id.ToByteString(),
                    SignalId = answer.Signal!.SignalId,
                    Revision = answer.Signal.Revision,
                    Position = answer.Position,
                    AlreadyKnown = answer.IsAlreadyKnown,
                },
            };

    // Its name stands for the token that decides in which shard an indicator is.
    private static Token PlaceOf(FakeTemplate template) => new(template.Id.ToByteString().Span);

    private static TemplateId NewId() => TemplateId.Read(RandomNumberGenerator.GetBytes(TemplateId.Size));
}
