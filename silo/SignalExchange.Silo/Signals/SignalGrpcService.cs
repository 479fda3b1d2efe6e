using Grpc.Core;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Index;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Keys;
using SignalExchange.Silo.Quotas;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Signals;

/// <summary>What members say and ask about indicators. One file a method; this one holds what they share.</summary>
internal sealed partial class SignalGrpcService(
    IGrainFactory grains,
    KeyDirectory keys,
    LocalIndex index,
    ShardMap shards,
    Freshness freshness,
    SubmissionReader submissions,
    ConflictRetries retries,
    SubmissionPairing pairing,
    NewIndicators newIndicators,
    ItemBatch items,
    QuotaGate quotas,
    AnswerPace pace,
    Withdrawals withdrawals,
    StreamedBatches streams,
    SignalMetrics metrics,
    IOptions<SignalOptions> options,
    TimeProvider clock
) : SignalService.SignalServiceBase
{
    private IIndicatorGrain Indicator(Token token) => grains.GetGrain<IIndicatorGrain>(token.ToKeyString());

    /// <summary>Reads a key id whose form was checked, and refuses a key that is not in force.</summary>
    /// <param name="text">The key id.</param>
    /// <param name="forSubmission">Submissions need an active key; checks and withdrawals may use a retiring one.</param>
    /// <param name="cancellationToken">Ends the wait for the key service.</param>
    private async ValueTask<KnownVoprfKey> RequireKey(
        string text,
        bool forSubmission,
        CancellationToken cancellationToken
    )
    {
        _ = KeyId.TryParse(text, out var keyId);
        if (keyId.Type is IndicatorType.AdTemplate)
        {
            throw new Refusal(ErrorReason.KeyOfBands, "key_id").ToRpcException();
        }

        return await keys.RequireInForce(keyId, forSubmission, cancellationToken);
    }

    private static void RequireCount(int count, int limit, string field)
    {
        if (count > limit)
        {
            throw new Refusal(ErrorReason.TooMany, field, limit, count).ToRpcException();
        }
    }

    private static Token TokenAt(ReadOnlySpan<byte> packed, int place) =>
        new(packed.Slice(place * Token.Size, Token.Size));
}
