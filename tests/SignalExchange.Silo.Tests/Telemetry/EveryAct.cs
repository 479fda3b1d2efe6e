using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Client;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Sdk;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.Silo.Tests.Templates;
using SignalExchange.TestKit.Signals;
using SignalExchange.TestKit.Templates;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>Two members do everything once that members do with identifiers, ads and signals.</summary>
internal sealed class EveryAct(ExchangeFixture exchange, Identifier identifier, string ad) : IDisposable
{
    private readonly List<ECDsa> _keys = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static SignalStatement Statement => Statements.Valid(Reporter.Now);

    public void Dispose() => _keys.ForEach(key => key.Dispose());

    /// <summary>A client of a new member.</summary>
    public async Task<SignalExchangeClient> JoinAsync(string member, ECDsa? key = null)
    {
        key ??= ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _keys.Add(key);
        return await exchange.Join(member, key: key);
    }

    /// <summary>Submits, checks, reads, disputes and withdraws, by calls and by streams.</summary>
    /// <param name="a">Who submits.</param>
    /// <param name="b">Who disputes.</param>
    /// <returns>What the identifier became.</returns>
    public async Task<EvaluatedIdentifier> WithSignalsAsync(SignalExchangeClient a, SignalExchangeClient b)
    {
        var made = (await a.MakeTokensAsync([identifier], Ct))[0];
        await a.SubmitAsync(identifier, Statement, cancellationToken: Ct);
        await foreach (var it in a.SubmitManyAsync(One(new SignalSubmission(identifier, Statement)), Ct))
        {
            Assert.True(it.IsAccepted, $"{it.Refusal}");
        }

        Assert.True((await a.CheckAsync(identifier, CheckPurpose.Registration, Ct)).IsKnown);
        Assert.NotEmpty((await a.GetAsync(identifier, CheckPurpose.Registration, Ct)).Signals);
        await foreach (var it in a.CheckManyAsync(One(identifier), CheckPurpose.Registration, Ct))
        {
            Assert.True(it.IsKnown);
        }

        var seen = await b.CheckAsync(identifier, CheckPurpose.Registration, Ct);
        var signal = seen.Verdict!.Signals[0].SignalId.Memory;
        var dispute = await b.Disputes.RaiseAsync($"{made.KeyId}", made.Token, signal, DisputeReason.Recycled, Ct);
        await a.Disputes.AnswerAsync(dispute.DisputeId.Memory, DisputeAnswer.Uphold, cancellationToken: Ct);
        await b.Disputes.CloseAsync(dispute.DisputeId.Memory, Ct);
        await a.WithdrawAsync(identifier, RetractionReason.Duplicate, cancellationToken: Ct);
        return made;
    }

    /// <summary>Registers, grows, matches, reads and withdraws a template of an ad.</summary>
    /// <param name="a">Who registers.</param>
    /// <param name="b">Who matches, and grows it.</param>
    public async Task WithAdsAsync(SignalExchangeClient a, SignalExchangeClient b)
    {
        var registered = await a.RegisterTemplateAsync(ad, Statement, cancellationToken: Ct);
        Assert.True(registered.IsAccepted, $"{registered.Refusal}");
        var template = registered.Template;
        Assert.True((await b.MatchAdAsync(ad, CheckPurpose.ContentReview, cancellationToken: Ct)).IsMatch);
        await foreach (var it in b.MatchAdsAsync(One(ad), CheckPurpose.ContentReview, cancellationToken: Ct))
        {
            Assert.True(it.IsMatch);
        }

        var copy = SampleAds.Edited(ad, each: 12, seed: 1);
        var grown = await b.GrowTemplateAsync(template, copy, Statement, cancellationToken: Ct);
        Assert.True(grown.IsAccepted, $"{grown.Refusal}");
        Assert.NotEmpty(await b.GetTemplatesAsync([template], CheckPurpose.ContentReview, Ct));
        await a.WithdrawTemplateAsync(template, RetractionReason.Duplicate, cancellationToken: Ct);
    }

    /// <summary>Registers and matches an ad whose bands are known, and fails with one.</summary>
    /// <returns>The tokens of its bands.</returns>
    public async Task<IReadOnlyList<byte[]>> WithBandsAsync(string member)
    {
        var reporter = await AdReporter.Join(exchange, member);
        var bands = AdReporter.NewAd();
        await reporter.Register(bands);
        Assert.Single((await reporter.Match(bands)).Ads);
        var request = await reporter.RequestOf(bands);
        request.BandTokens = ByteString.CopyFrom(request.BandTokens.Span[..^1]);
        Assert.Equal(
            ErrorReason.FieldMalformed,
            await RpcErrors.ReasonOf(() =>
                reporter.Templates.MatchAdsAsync(request, cancellationToken: Ct).ResponseAsync
            )
        );
        return [.. TemplateDerivation.BandTokens(await reporter.Key(), bands).Chunk(Token.Size)];
    }

    private static async IAsyncEnumerable<T> One<T>(T item)
    {
        await Task.CompletedTask;
        yield return item;
    }
}
