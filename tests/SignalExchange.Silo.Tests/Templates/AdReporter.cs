using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Silo.Tests.Templates;

/// <summary>A member that registers and matches by the generated client, message by message. Its ads are elements of nobody's text.</summary>
internal sealed class AdReporter(CallInvoker invoker)
{
    private readonly Reporter _reporter = new(invoker);

    public TemplateService.TemplateServiceClient Templates { get; } = new(invoker);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<AdReporter> Join(ExchangeFixture exchange, string member, params string[] groups) =>
        new(exchange.InvokerFor(await exchange.AddMember(member, groups)));

    public async Task<KeyId> Key() =>
        KeyId.TryParse((await _reporter.Key(IndicatorType.AdTemplate)).KeyId, out var keyId)
            ? keyId
            : throw new InvalidOperationException();

    /// <summary>Makes the elements of an ad that nobody else has.</summary>
    public static byte[] NewAd(int bands = Limits.BandsPerAd) =>
        [.. Enumerable.Range(0, bands).SelectMany(_ => NewElement())];

    /// <summary>Makes the elements of an ad that has the first bands of another.</summary>
    public static byte[] Sharing(byte[] ad, int bands) =>
        [.. ad.AsSpan(0, bands * Token.Size), .. NewAd(Limits.BandsPerAd - bands)];

    public static TemplateRegistration RegistrationOf(byte[] ad, Action<SignalStatement>? change = null) =>
        new()
        {
            SubmissionId = SubmissionId.NewId().ToByteString(),
            Elements = ByteString.CopyFrom(ad),
            Statement = Statements.Valid(Reporter.Now, change ?? (_ => { })),
        };

    public async Task<IReadOnlyList<TemplateResult>> Register(params TemplateRegistration[] registrations)
    {
        var request = new RegisterTemplatesRequest
        {
            KeyId = (await Key()).ToString(),
            Registrations = { registrations },
        };
        return (await Templates.RegisterTemplatesAsync(request, cancellationToken: Ct)).Results;
    }

    /// <summary>Registers an ad.</summary>
    /// <returns>Its template.</returns>
    public async Task<ByteString> Register(byte[] ad, Action<SignalStatement>? change = null)
    {
        var result = (await Register(RegistrationOf(ad, change)))[0];
        Assert.Null(result.Error);
        return result.Accepted.TemplateId;
    }

    public async Task<MatchAdsRequest> RequestOf(params byte[][] ads)
    {
        var keyId = await Key();
        return new MatchAdsRequest
        {
            KeyId = keyId.ToString(),
            BandTokens = ByteString.CopyFrom([.. ads.SelectMany(ad => TemplateDerivation.BandTokens(keyId, ad))]),
            Purpose = CheckPurpose.ContentReview,
        };
    }

    public async Task<MatchAdsResponse> Match(params byte[][] ads) =>
        await Templates.MatchAdsAsync(await RequestOf(ads), cancellationToken: Ct);

    /// <summary>Returns how well an ad fits what the member may hear of.</summary>
    public async Task<MatchStrength> StrengthOf(byte[] ad) =>
        (await Match(ad)).Ads.SingleOrDefault()?.Templates[0].Strength ?? MatchStrength.Unspecified;

    public async Task<IReadOnlyList<WithdrawResult>> Withdraw(ByteString template)
    {
        var withdrawal = new TemplateWithdrawal
        {
            SubmissionId = SubmissionId.NewId().ToByteString(),
            TemplateId = template,
            Reason = RetractionReason.AppealUpheld,
        };
        var request = new WithdrawTemplatesRequest { Withdrawals = { withdrawal } };
        return (await Templates.WithdrawTemplatesAsync(request, cancellationToken: Ct)).Results;
    }

    private static byte[] NewElement()
    {
        using var key = VoprfKey.Generate();
        return key.PublicKey.ToArray();
    }
}
