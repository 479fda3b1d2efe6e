using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Net.Client;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Voprf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Benchmarks.Ads.Serving;

/// <summary>A member that registers ads and asks about them, their bands evaluated already.</summary>
internal sealed class AdMember : IDisposable
{
    private const int AdBytes = Limits.BandsPerAd * Token.Size;

    private readonly GrpcChannel _channel;
    private readonly TemplateService.TemplateServiceClient _templates;
    private readonly KeyId _keyId;

    private AdMember(GrpcChannel channel, KeyId keyId) =>
        (_channel, _templates, _keyId) = (channel, new(channel), keyId);

    /// <summary>Connects to an exchange.</summary>
    public static async Task<AdMember> Connect(Uri address, string keyFile)
    {
        var channel = BenchMember.Open(address, keyFile);
        var answer = await new Contracts.V1.KeyService.KeyServiceClient(channel).GetKeyManifestsAsync(new());
        var key = answer.Manifests.First(manifest => manifest.Type == IndicatorType.AdTemplate);
        return KeyId.TryParse(key.KeyId, out var keyId)
            ? new(channel, keyId)
            : throw new InvalidOperationException("The exchange named its key in a form that is none.");
    }

    /// <summary>Registers ads that nobody posted.</summary>
    /// <returns>The tokens of the bands of each.</returns>
    public async Task<IReadOnlyList<byte[]>> Register(int count)
    {
        var ads = Enumerable.Range(0, count).Select(_ => VoprfBenchmark.DrawElements(Limits.BandsPerAd)).ToList();
        foreach (var batch in ads.Chunk(Limits.MaxTemplateBatch))
        {
            var request = new RegisterTemplatesRequest
            {
                KeyId = _keyId.ToString(),
                Registrations = { batch.Select(RegistrationOf) },
            };
            var refused = (await _templates.RegisterTemplatesAsync(request)).Results.FirstOrDefault(it =>
                it.Error is not null
            );
            if (refused is not null)
            {
                throw new InvalidOperationException($"Refused: {refused.Error.Reason}.");
            }
        }

        return ads.ConvertAll(elements => TemplateDerivation.BandTokens(_keyId, elements));
    }

    /// <summary>Asks about an ad.</summary>
    /// <param name="bandTokens">The tokens of its bands; null for an ad that nobody registered.</param>
    public async Task Match(byte[]? bandTokens)
    {
        var request = new MatchAdsRequest
        {
            KeyId = _keyId.ToString(),
            BandTokens = UnsafeByteOperations.UnsafeWrap(bandTokens ?? RandomNumberGenerator.GetBytes(AdBytes)),
            Purpose = CheckPurpose.ContentReview,
        };
        var found = (await _templates.MatchAdsAsync(request)).Ads.Count;
        if (found != (bandTokens is null ? 0 : 1))
        {
            throw new InvalidOperationException($"{found} ads of one fit a template.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private static TemplateRegistration RegistrationOf(byte[] elements) =>
        new()
        {
            SubmissionId = SubmissionId.NewId().ToByteString(),
            Elements = UnsafeByteOperations.UnsafeWrap(elements),
            Statement = Statements.Valid(TimeProvider.System.GetUtcNow()),
        };
}
