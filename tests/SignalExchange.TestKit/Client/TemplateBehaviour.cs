using SignalExchange.Client;
using SignalExchange.Client.Templates;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;
using SignalExchange.TestKit.Templates;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.TestKit.Client;

/// <summary>What a platform may rely on about ads: holds for the exchange and for the fake that platforms test with.</summary>
public abstract class TemplateBehaviour
{
    // Each test has ads of its own, since all may share one exchange.
    private static int _seed;

    private readonly string _ad = SampleAds.Made(Interlocked.Increment(ref _seed));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Makes the client of a new member.</summary>
    protected abstract Task<ISignalExchangeClient> Join(string member, params string[] groups);

    [Fact]
    public async Task An_edited_repost_of_what_one_registered_is_found_by_another()
    {
        var (a, b) = (await Join("ad-registers"), await Join("ad-matches"));

        var registered = await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);
        var result = await Match(b, SampleAds.Edited(_ad, each: 12, seed: 90_001));

        Assert.True(registered.IsAccepted, $"{registered.Refusal}");
        var found = Assert.Single(result.Templates);
        Assert.Equal(registered.Template, found.Template);
        Assert.True(found.Strength >= MatchStrength.Match);
        Assert.Equal("ad-registers", Assert.Single(found.Verdict.Signals).Owner);
        Assert.Equal(IndicatorType.AdTemplate, found.Verdict.Signals[0].Type);
    }

    [Fact]
    public async Task The_ad_itself_is_a_strong_match_and_another_ad_is_none()
    {
        var (a, b) = (await Join("ad-is-posted"), await Join("ad-sees-repost"));
        await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);

        Assert.Equal(MatchStrength.Strong, (await Match(b, "★ " + _ad.ToUpperInvariant())).Strength);
        Assert.False((await Match(b, SampleAds.Made(90_002))).IsMatch);
    }

    [Fact]
    public async Task A_new_template_permits_nothing_without_review()
    {
        var (a, b, c) = (await Join("ad-blocks"), await Join("ad-blocks-too"), await Join("ad-acts"));
        var block = Statement(it => it.PermittedAction = PermittedAction.MayBlock);
        await a.RegisterTemplateAsync(_ad, block, cancellationToken: Ct);
        await b.RegisterTemplateAsync(_ad, block, cancellationToken: Ct);

        var found = Assert.Single((await Match(c, _ad)).Templates);

        Assert.Equal(2u, found.Verdict.CorroboratingMembers);
        Assert.Equal(PermittedAction.ReviewRequired, found.Verdict.PermittedAction);
    }

    [Fact]
    public async Task The_same_ad_by_two_members_is_one_template()
    {
        var (a, b) = (await Join("ad-first"), await Join("ad-second"));

        var first = await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);
        var second = await b.RegisterTemplateAsync("  " + _ad + " !", Statement(), cancellationToken: Ct);

        Assert.Equal(first.Template, second.Template);
        Assert.NotEqual(first.Signal, second.Signal);
        var found = Assert.Single((await Match(b, _ad)).Templates);
        Assert.Equal(["ad-first", "ad-second"], found.Verdict.Signals.Select(signal => signal.Owner));
    }

    [Fact]
    public async Task Outside_the_audience_nothing_matches()
    {
        var (a, b, c) = (
            await Join("ad-ring-a", "ad-ring"),
            await Join("ad-ring-b", "ad-ring"),
            await Join("ad-ring-c")
        );
        var audience = new Audience { ShareLevel = ShareLevel.Amber, GroupIds = { "ad-ring" } };
        var registered = await a.RegisterTemplateAsync(_ad, Statement(it => it.Audience = audience), 0, null, Ct);

        Assert.Equal(MatchStrength.Strong, (await Match(b, _ad)).Strength);
        Assert.False((await Match(c, _ad)).IsMatch);
        Assert.Empty((await Read(c, registered.Template)).Signals);
        var grown = await c.GrowTemplateAsync(registered.Template, _ad, Statement(), cancellationToken: Ct);
        Assert.Equal(ErrorReason.TemplateNotFound, grown.Refusal?.Reason);
    }

    [Fact]
    public async Task What_is_withdrawn_matches_no_more_and_its_owner_sees_why()
    {
        var (a, b) = (await Join("ad-withdraws"), await Join("ad-asks-again"));
        var registered = await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);

        var outcome = await a.WithdrawTemplateAsync(
            registered.Template,
            RetractionReason.FalsePositive,
            cancellationToken: Ct
        );

        Assert.Equal((true, 2u), (outcome.IsAccepted, outcome.Revision));
        Assert.False((await Match(b, _ad)).IsMatch);
        var own = Assert.Single((await Read(a, registered.Template)).Signals);
        Assert.Equal((SignalState.Retracted, RetractionReason.FalsePositive), (own.State, own.RetractionReason));
        Assert.Empty((await Read(b, registered.Template)).Signals);
    }

    [Fact]
    public async Task What_was_withdrawn_can_be_registered_again()
    {
        var (a, b) = (await Join("ad-returns"), await Join("ad-sees-return"));
        var first = await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);
        await a.WithdrawTemplateAsync(first.Template, RetractionReason.SubmittedInError, cancellationToken: Ct);

        var again = await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);

        Assert.Equal((first.Template, first.Signal, 3u), (again.Template, again.Signal, again.Revision));
        Assert.Equal(MatchStrength.Strong, (await Match(b, _ad)).Strength);
    }

    [Fact]
    public async Task A_retry_changes_nothing_and_another_statement_under_its_id_is_refused()
    {
        var a = await Join("ad-retries");
        var (id, statement) = (SubmissionId.NewId(), Statement());

        var first = await a.RegisterTemplateAsync(_ad, statement, 0, id, Ct);
        var retry = await a.RegisterTemplateAsync(_ad, statement, 0, id, Ct);
        var other = await a.RegisterTemplateAsync(_ad, Statement(it => it.Confidence = 7), 0, id, Ct);

        Assert.Equal((first.Template, first.Revision, true), (retry.Template, retry.Revision, retry.IsAlreadyKnown));
        Assert.Equal(ErrorReason.SubmissionIdReused, other.Refusal?.Reason);
    }

    [Fact]
    public async Task A_template_that_grows_follows_the_ad_through_its_edits()
    {
        var (a, b, c) = (await Join("ad-grown"), await Join("ad-grows"), await Join("ad-follows"));
        var (near, far) = Chain();
        var registered = await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);
        Assert.False((await Match(c, far)).IsMatch);

        var grown = await b.GrowTemplateAsync(registered.Template, near, Statement(), cancellationToken: Ct);

        Assert.True(grown.IsAccepted, $"{grown.Refusal}");
        Assert.Equal(registered.Template, grown.Template);
        var found = Assert.Single((await Match(c, far)).Templates);
        Assert.Equal(registered.Template, found.Template);
        Assert.Equal(2u, found.Verdict.DistinctMembers);
    }

    [Fact]
    public async Task A_copy_counts_only_while_somebody_is_heard_who_stands_behind_it()
    {
        var (a, b, c) = (await Join("ad-owner"), await Join("ad-lone", "ad-lone-ring"), await Join("ad-hears-owner"));
        var (near, far) = Chain();
        var audience = new Audience { ShareLevel = ShareLevel.Red, GroupIds = { "ad-lone-ring" } };
        var registered = await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);
        await b.GrowTemplateAsync(registered.Template, near, Statement(it => it.Audience = audience), null, Ct);

        Assert.True((await Match(b, far)).IsMatch);
        Assert.False((await Match(c, far)).IsMatch);
        await b.WithdrawTemplateAsync(registered.Template, RetractionReason.Duplicate, cancellationToken: Ct);
        Assert.False((await Match(b, far)).IsMatch);
        Assert.True((await Match(b, _ad)).IsMatch);
    }

    [Fact]
    public async Task A_template_does_not_grow_by_what_hardly_resembles_it()
    {
        var a = await Join("ad-does-not-grow");
        var registered = await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);

        var outcome = await a.GrowTemplateAsync(
            registered.Template,
            SampleAds.Made(90_004),
            Statement(),
            cancellationToken: Ct
        );

        Assert.Equal(ErrorReason.GrowthTooWeak, outcome.Refusal?.Reason);
        Assert.False((await Match(a, SampleAds.Made(90_004))).IsMatch);
    }

    [Fact]
    public async Task Growth_by_the_ad_itself_is_a_signal_of_ones_own_and_no_other_sketch()
    {
        var (a, b) = (await Join("ad-is-there"), await Join("ad-agrees"));
        var registered = await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);

        var outcome = await b.GrowTemplateAsync(registered.Template, _ad, Statement(), cancellationToken: Ct);

        Assert.Equal((true, registered.Template), (outcome.IsAccepted, outcome.Template));
        Assert.Equal(2, (await Read(a, registered.Template)).Signals.Count);
    }

    [Fact]
    public async Task A_member_registers_one_template_and_not_many_that_are_alike()
    {
        var (a, b) = (await Join("ad-repeats"), await Join("ad-is-another"));
        var alike = SampleAds.Edited(_ad, each: 30, seed: 90_005);
        var registered = await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);

        var second = await a.RegisterTemplateAsync(alike, Statement(), cancellationToken: Ct);
        var others = await b.RegisterTemplateAsync(alike, Statement(), cancellationToken: Ct);

        Assert.Equal(ErrorReason.TemplateCovered, second.Refusal?.Reason);
        Assert.True(others.IsAccepted);
        Assert.NotEqual(registered.Template, others.Template);
        Assert.Equal(2, (await Match(b, alike)).Templates.Count);
    }

    [Fact]
    public async Task A_template_may_ask_for_more_bands_than_the_exchange_does()
    {
        var (a, b) = (await Join("ad-is-strict"), await Join("ad-asks-strictly"));
        var edited = Enumerable
            .Range(90_300, 100)
            .Select(seed => SampleAds.Edited(_ad, each: 6, seed))
            .First(copy => Agreeing(_ad, copy) is >= 3 and <= 11);
        var agreeing = Agreeing(_ad, edited);

        await a.RegisterTemplateAsync(_ad, Statement(), minBands: agreeing + 1, cancellationToken: Ct);

        Assert.False((await Match(b, edited)).IsMatch);
        Assert.True((await Match(b, _ad)).IsMatch);
    }

    [Fact]
    public async Task A_text_that_says_too_little_is_refused_as_a_value()
    {
        var a = await Join("ad-too-little");
        (string Text, AdProblem Problem)[] refused =
        [
            ("", AdProblem.NoLetters),
            ("🌹🌹🌹 💋", AdProblem.NoLetters),
            ("0123456789 +31 6 12345678", AdProblem.NoLetters),
            ("call me tonight", AdProblem.TooShort),
            ("\uD83D\uD83D\uDE00\uDE00", AdProblem.NoLetters),
        ];
        foreach (var (text, problem) in refused)
        {
            Assert.Equal(problem, (await Match(a, text)).Refusal?.Problem);
            var registered = await a.RegisterTemplateAsync(text, Statement(), cancellationToken: Ct);
            Assert.Equal((false, problem), (registered.IsAccepted, registered.TextRefusal?.Problem));
        }
    }

    [Fact]
    public async Task A_statement_that_breaks_a_rule_is_refused_and_a_template_ends_after_a_year_at_most()
    {
        var a = await Join("ad-breaks-rules");
        var tooLong = Statement(it =>
            it.ExpiresAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Now.AddDays(366))
        );
        var notMine = Statement(it => it.Audience.GroupIds.Add("ad-not-mine"));

        Assert.Equal(
            ErrorReason.ExpiryTooFar,
            (await a.RegisterTemplateAsync(_ad, tooLong, cancellationToken: Ct)).Refusal?.Reason
        );
        Assert.Equal(
            ErrorReason.AudienceNotYours,
            (await a.RegisterTemplateAsync(_ad, notMine, cancellationToken: Ct)).Refusal?.Reason
        );
        Assert.Equal(
            ErrorReason.OutOfRange,
            (await a.RegisterTemplateAsync(_ad, Statement(), minBands: 2, cancellationToken: Ct)).Refusal?.Reason
        );
        Assert.False((await Match(a, _ad)).IsMatch);
    }

    [Fact]
    public async Task Ads_in_bulk_are_answered_in_order_and_a_bad_one_fails_no_other()
    {
        var (a, b) = (await Join("ad-bulk-registers"), await Join("ad-bulk-matches"));
        var registered = await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);
        string[] ads =
        [
            SampleAds.Made(90_007),
            _ad,
            "short",
            .. Enumerable.Range(90_100, 3).Select(seed => SampleAds.Made(seed)),
            _ad,
        ];

        var results = await b.MatchAdsAsync(ads.ToAsyncEnumerable(), CheckPurpose.Test, AdSearch.Whole, Ct)
            .ToListAsync(Ct);

        Assert.Equal([false, true, false, false, false, false, true], results.Select(result => result.IsMatch));
        Assert.Equal(AdProblem.TooShort, results[2].Refusal?.Problem);
        Assert.All(
            results.Where(result => result.IsMatch),
            it => Assert.Equal(registered.Template, it.Templates[0].Template)
        );
    }

    [Fact]
    public async Task Windows_find_a_template_inside_foreign_text()
    {
        var (a, b) = (await Join("ad-is-wrapped"), await Join("ad-looks-inside"));
        var wrapped = $"{SampleAds.Made(90_008, 200)} {_ad} {SampleAds.Made(90_009, 200)}";
        await a.RegisterTemplateAsync(_ad, Statement(), cancellationToken: Ct);

        Assert.False((await Match(b, wrapped)).IsMatch);
        var found = await b.MatchAdAsync(wrapped, CheckPurpose.Test, AdSearch.Windows, Ct);
        Assert.Single(found.Templates);
    }

    [Fact]
    public async Task A_template_that_is_not_there_is_nobodys()
    {
        var a = await Join("ad-asks-for-nothing");
        var nothing = TemplateId.Read(new byte[TemplateId.Size]);

        Assert.Empty((await Read(a, nothing)).Signals);
        var withdrawn = await a.WithdrawTemplateAsync(nothing, RetractionReason.Duplicate, cancellationToken: Ct);
        Assert.Equal(ErrorReason.SignalNotFound, withdrawn.Refusal?.Reason);
        var grown = await a.GrowTemplateAsync(nothing, _ad, Statement(), cancellationToken: Ct);
        Assert.Equal(ErrorReason.TemplateNotFound, grown.Refusal?.Reason);
    }

    /// <summary>Returns how many bands two ads have in common.</summary>
    protected static int Agreeing(string one, string other) =>
        AdSketch.From(one).GetOrThrow().CountAgreeingBands(AdSketch.From(other).GetOrThrow());

    private static Task<AdMatchResult> Match(ISignalExchangeClient client, string text) =>
        client.MatchAdAsync(text, CheckPurpose.Test, AdSearch.Whole, Ct);

    private static async Task<TemplateReadResult> Read(ISignalExchangeClient client, TemplateId template) =>
        (await client.GetTemplatesAsync([template], CheckPurpose.Test, Ct))[0];

    private static SignalStatement Statement(Action<SignalStatement>? change = null) =>
        Statements.Valid(Now, change ?? (_ => { }));

    /// <summary>Makes a copy that the template grows by, and a copy of that which only it finds.</summary>
    private (string Near, string Far) Chain()
    {
        var pairs =
            from seed in Enumerable.Range(91_000, 200)
            let near = SampleAds.Edited(_ad, each: 8, seed)
            let far = SampleAds.Edited(near, each: 5, seed + 1_000)
            where Agreeing(_ad, near) is > 4 and < 40 && Agreeing(_ad, far) < 3 && Agreeing(near, far) > 3
            select (near, far);
        return pairs.First();
    }
}
