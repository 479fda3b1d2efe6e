using Grpc.Core;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Index.Templates;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Keys;
using SignalExchange.Silo.Quotas;
using SignalExchange.Silo.Signals;

namespace SignalExchange.Silo.Templates;

/// <summary>What members say and ask about advertisements. One file a method; this one holds what they share.</summary>
internal sealed partial class TemplateGrpcService(
    IGrainFactory grains,
    KeyDirectory keys,
    AdMatcher matcher,
    RegistrationGate gate,
    TemplateMetrics metrics,
    TemplateNames names,
    SketchReader sketches,
    SubmissionReader submissions,
    Freshness freshness,
    ConflictRetries retries,
    QuotaGate quotas,
    AnswerPace pace,
    Withdrawals withdrawals,
    ItemBatch items,
    StreamedBatches streams,
    IOptions<SignalOptions> options,
    IOptions<TemplateOptions> templates
) : TemplateService.TemplateServiceBase
{
    private const int AdBytes = Limits.BandsPerAd * Token.Size;

    private IIndicatorGrain Template(Token token) => grains.GetGrain<IIndicatorGrain>(token.ToKeyString());

    private Token TokenOf(Google.Protobuf.ByteString templateId) => names.TokenOf(TemplateId.Read(templateId.Span));

    /// <summary>Reads a key id whose form was checked, and refuses one that is not of bands or not in force.</summary>
    private async ValueTask<KeyId> RequireKey(string text, bool forSubmission, CancellationToken cancellationToken)
    {
        _ = KeyId.TryParse(text, out var keyId);
        if (keyId.Type is not IndicatorType.AdTemplate)
        {
            throw new Refusal(ErrorReason.KeyNotOfBands, "key_id").ToRpcException();
        }

        await keys.RequireInForce(keyId, forSubmission, cancellationToken);
        return keyId;
    }

    private Task ForEach(int count, Func<int, CancellationToken, ValueTask> act, CancellationToken cancellationToken) =>
        Parallel.ForAsync(
            0,
            count,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = options.Value.MaxParallelItems,
                CancellationToken = cancellationToken,
            },
            act
        );
}
