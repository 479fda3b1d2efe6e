using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Tests.Templates;

/// <summary>The service of templates, message by message.</summary>
[Collection(SharedExchange.Name)]
public sealed class TemplateServiceTests(ExchangeFixture exchange)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_holds_no_band_no_element_and_no_token()
    {
        var (a, b) = (await Join("ad-tells"), await Join("ad-is-told"));
        var ad = AdReporter.NewAd();
        var registered = (await a.Register(AdReporter.RegistrationOf(ad)))[0];
        var keyId = await a.Key();
        var tokens = TemplateDerivation.BandTokens(keyId, ad);
        var template = TemplateDerivation.FromBands(keyId, tokens);
        var read = await b.Templates.GetTemplatesAsync(
            new() { TemplateIds = { registered.Accepted.TemplateId }, Purpose = CheckPurpose.Test },
            cancellationToken: Ct
        );

        byte[] answers =
        [
            .. registered.ToByteArray(),
            .. (await b.Match(AdReporter.Sharing(ad, 20))).ToByteArray(),
            .. (await b.Match(ad)).ToByteArray(),
            .. read.ToByteArray(),
        ];

        Assert.True(answers.Length > 500);
        Assert.Equal(-1, answers.AsSpan().IndexOf(template.ToArray().AsSpan(0, 8)));
        for (var band = 0; band < Limits.BandsPerAd; band++)
        {
            Assert.Equal(-1, answers.AsSpan().IndexOf(tokens.AsSpan(band * Token.Size, 8)));
            Assert.Equal(-1, answers.AsSpan().IndexOf(ad.AsSpan(band * Token.Size, 8)));
        }
    }

    [Theory]
    [InlineData(3, MatchStrength.Weak, PermittedAction.LeadOnly)]
    [InlineData(4, MatchStrength.Match, PermittedAction.ReviewRequired)]
    [InlineData(12, MatchStrength.Strong, PermittedAction.ReviewRequired)]
    public async Task Weak_match_and_strong_are_all_that_is_told_and_weak_is_a_lead(
        int bands,
        MatchStrength strength,
        PermittedAction permitted
    )
    {
        var (a, b) = (await Join($"ad-strength-{bands}"), await Join($"ad-weighs-{bands}"));
        var ad = AdReporter.NewAd();
        await a.Register(ad);

        var found = Assert.Single(Assert.Single((await b.Match(AdReporter.Sharing(ad, bands))).Ads).Templates);

        Assert.Equal((strength, permitted), (found.Strength, found.Verdict.PermittedAction));
        Assert.Empty((await b.Match(AdReporter.Sharing(ad, 2))).Ads);
    }

    [Fact]
    public async Task Ads_are_answered_by_their_places_and_the_strongest_template_comes_first()
    {
        var (a, b, c) = (await Join("ad-one"), await Join("ad-two"), await Join("ad-places"));
        var ad = AdReporter.NewAd();
        var (near, far) = (await a.Register(AdReporter.Sharing(ad, 30)), await b.Register(AdReporter.Sharing(ad, 5)));

        var answer = await c.Match(AdReporter.NewAd(), ad, AdReporter.NewAd(), ad);

        Assert.Equal([1u, 3u], answer.Ads.Select(it => it.Index));
        Assert.All(answer.Ads, it => Assert.Equal([near, far], it.Templates.Select(match => match.TemplateId)));
    }

    [Fact]
    public async Task What_is_no_ad_is_refused_and_nothing_is_looked_up()
    {
        var a = await Join("ad-malformed");
        var twice = AdReporter.NewAd();
        twice.AsSpan(0, Token.Size).CopyTo(twice.AsSpan(Token.Size));
        var unknown = await a.RequestOf(AdReporter.NewAd());
        unknown.KeyId = "ad-template/9/0123456789abcdef";
        var phone = await a.RequestOf(AdReporter.NewAd());
        phone.KeyId = (
            await new Signals.Reporter(exchange.InvokerFor(await exchange.AddMember("ad-phone"))).Key()
        ).KeyId;
        var tooMany = await a.RequestOf(AdReporter.NewAd());
        tooMany.BandTokens = ByteString.CopyFrom(new byte[201 * 48 * Token.Size]);
        var stale = await a.RequestOf(AdReporter.NewAd());
        stale.AtLeast.Add(new Position { Shard = 3, Sequence = 1_000_000 });

        Assert.Equal(ErrorReason.BandsMalformed, await Refused(a, await a.RequestOf(AdReporter.NewAd(47))));
        Assert.Equal(ErrorReason.BandsMalformed, await Refused(a, await a.RequestOf(AdReporter.NewAd(49))));
        Assert.Equal(ErrorReason.BandsMalformed, await Refused(a, await a.RequestOf(twice)));
        Assert.Equal(ErrorReason.BatchEmpty, await Refused(a, await a.RequestOf()));
        Assert.Equal(ErrorReason.TooMany, await Refused(a, tooMany));
        Assert.Equal(ErrorReason.KeyUnknown, await Refused(a, unknown));
        Assert.Equal(ErrorReason.KeyNotOfBands, await Refused(a, phone));
        Assert.Equal(ErrorReason.PositionNotReached, await Refused(a, stale));
    }

    [Fact]
    public async Task A_registration_that_is_refused_fails_no_other()
    {
        var a = await Join("ad-batches");
        var good = AdReporter.RegistrationOf(AdReporter.NewAd());
        var twice = AdReporter.NewAd();
        twice.AsSpan(0, Token.Size).CopyTo(twice.AsSpan(Token.Size));
        var noPoint = AdReporter.NewAd();
        noPoint.AsSpan(0, Token.Size).Fill(0xFF);
        var greedy = AdReporter.RegistrationOf(AdReporter.NewAd());
        greedy.MinBands = 13;

        var results = await a.Register(
            good,
            AdReporter.RegistrationOf(AdReporter.NewAd(47)),
            AdReporter.RegistrationOf(twice),
            AdReporter.RegistrationOf(noPoint),
            greedy,
            AdReporter.RegistrationOf(AdReporter.NewAd(), it => it.Confidence = 0),
            good.Clone()
        );

        Assert.Equal(
            [
                null,
                ErrorReason.BandsMalformed,
                ErrorReason.BandsMalformed,
                ErrorReason.ElementInvalid,
                ErrorReason.OutOfRange,
                ErrorReason.OutOfRange,
                ErrorReason.DuplicateInBatch,
            ],
            results.Select(result => result.Error?.Reason)
        );
        Assert.Equal(MatchStrength.Strong, await a.StrengthOf(good.Elements.ToByteArray()));
    }

    [Fact]
    public async Task Who_left_with_its_signals_is_heard_no_more_and_the_copies_it_stood_behind_neither()
    {
        var (goes, stays, reads) = (await Join("ad-goes"), await Join("ad-stays"), await Join("ad-reads-on"));
        var (ad, copy) = (AdReporter.NewAd(), AdReporter.NewAd());
        copy = [.. ad.AsSpan(0, 20 * Token.Size), .. copy.AsSpan(20 * Token.Size)];
        var far = (byte[])
            [.. AdReporter.NewAd(20), .. copy.AsSpan(20 * Token.Size, 15 * Token.Size), .. AdReporter.NewAd(13)];
        var template = await stays.Register(ad);
        await Grow(goes, template, copy);
        Assert.Equal(MatchStrength.Strong, await reads.StrengthOf(far));

        await new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator)).OffboardMemberAsync(
            new() { MemberId = "ad-goes", Signals = OffboardedSignals.Withdraw },
            cancellationToken: Ct
        );

        await ExchangeFixture.Until(
            async () => await reads.StrengthOf(far) == MatchStrength.Unspecified,
            "the copy is forgotten"
        );
        Assert.Equal(MatchStrength.Strong, await reads.StrengthOf(ad));
    }

    [Fact]
    public async Task A_stream_answers_its_batches_in_order_with_receipts_and_ends_for_who_is_suspended()
    {
        var (a, b) = (await Join("ad-streamed"), await Join("ad-streams"));
        var ad = AdReporter.NewAd();
        await a.Register(ad);
        using var stream = b.Templates.MatchAdsStream(cancellationToken: Ct);
        foreach (var (number, asked) in new[] { AdReporter.NewAd(), ad }.Index())
        {
            await stream.RequestStream.WriteAsync(
                new() { BatchNumber = (ulong)number, Batch = await b.RequestOf(asked) },
                Ct
            );
            Assert.True(await stream.ResponseStream.MoveNext(Ct));
            Assert.Equal((ulong)number, stream.ResponseStream.Current.BatchNumber);
            Assert.Equal(number, stream.ResponseStream.Current.Batch.Ads.Count);
            Assert.NotEqual(0ul, stream.ResponseStream.Current.Receipt.Index);
        }

        var last = await b.RequestOf(ad);
        await new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator)).SuspendMemberAsync(
            new() { MemberId = "ad-streams" },
            cancellationToken: Ct
        );
        await stream.RequestStream.WriteAsync(new() { BatchNumber = 9, Batch = last }, Ct);
        Assert.Equal(ErrorReason.MemberSuspended, await RpcErrors.ReasonOf(() => stream.ResponseStream.MoveNext(Ct)));
    }

    private static async Task<TemplateResult> Grow(AdReporter member, ByteString template, byte[] copy)
    {
        var registration = AdReporter.RegistrationOf(copy);
        var growth = new TemplateGrowth
        {
            SubmissionId = registration.SubmissionId,
            TemplateId = template,
            Elements = registration.Elements,
            Statement = registration.Statement,
        };
        var request = new GrowTemplatesRequest { KeyId = (await member.Key()).ToString(), Growths = { growth } };
        var response = await member.Templates.GrowTemplatesAsync(request, cancellationToken: Ct);
        return Assert.Single(response.Results, result => result.Error is null);
    }

    private static Task<ErrorReason> Refused(AdReporter member, MatchAdsRequest request) =>
        RpcErrors.ReasonOf(() => member.Templates.MatchAdsAsync(request, cancellationToken: Ct).ResponseAsync);

    private Task<AdReporter> Join(string member, params string[] groups) => AdReporter.Join(exchange, member, groups);
}
