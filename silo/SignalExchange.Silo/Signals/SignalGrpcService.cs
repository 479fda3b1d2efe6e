using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Index;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Keys;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Quotas;
using SignalExchange.Silo.Security;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Signals;

/// <summary>What members say and ask about indicators. One file a method; this one holds what they share.</summary>
internal sealed partial class SignalGrpcService(
    IGrainFactory grains,
    KeyDirectory keys,
    LocalIndex index,
    ShardMap shards,
    SubmissionReader submissions,
    SubmissionPairing pairing,
    NewIndicators newIndicators,
    QuotaGate quotas,
    CallGate load,
    AnswerPace pace,
    BatchRecorder records,
    SignalMetrics metrics,
    MemberDirectory members,
    IHostApplicationLifetime lifetime,
    IOptions<SignalOptions> options,
    TimeProvider clock
) : SignalService.SignalServiceBase
{
    /// <summary>How often an item is tried again when another writer took over in the middle.</summary>
    private const int MaxConflictRetries = 3;

    private static readonly TimeSpan ConflictPause = TimeSpan.FromMilliseconds(20);

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

        var key = await keys.Find(keyId, cancellationToken);
        return key.State switch
        {
            // READY: other silos may know already that the key is in force.
            KeyState.Active or KeyState.Ready => key,
            KeyState.Retiring when !forSubmission => key,
            KeyState.Retiring or KeyState.Retired or KeyState.Destroyed => throw new Refusal(
                ErrorReason.KeyRetired,
                "key_id"
            ).ToRpcException(),
            _ => throw new Refusal(ErrorReason.KeyUnknown, "key_id").ToRpcException(),
        };
    }

    private static void RequireCount(int count, int limit, string field)
    {
        if (count > limit)
        {
            throw new Refusal(ErrorReason.TooMany, field, limit, count).ToRpcException();
        }
    }

    /// <summary>Refuses an answer that is larger than a message may be; the caller asks for fewer tokens.</summary>
    private static T RequireSize<T>(T response)
        where T : IMessage
    {
        var size = response.CalculateSize();
        return size <= Limits.MaxMessageBytes
            ? response
            : throw new Refusal(ErrorReason.AnswerTooLarge, "tokens", Limits.MaxMessageBytes, size).ToRpcException();
    }

    /// <summary>Does something to an indicator, again when its write met another writer's.</summary>
    private async Task<T> WithConflictRetries<T>(
        Func<Task<T>> act,
        Func<T, ItemError?> errorOf,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = await act();
            if (errorOf(result)?.Reason != ErrorReason.WriteConflict || attempt == MaxConflictRetries)
            {
                return result;
            }

            await Task.Delay(ConflictPause, clock, cancellationToken);
        }
    }

    /// <summary>Returns the caller of a stream as it is now: who was suspended or left a group since is not who began it.</summary>
    private Caller CurrentCaller(ServerCallContext context)
    {
        if (!members.IsCurrent)
        {
            throw new Refusal(ErrorReason.NotReady).ToRpcException();
        }

        return members.Find(context.GetCaller().Thumbprint) is not { } known
                ? throw new Refusal(ErrorReason.CredentialsInvalid).ToRpcException()
            : known.MayCall ? known.Identity.Caller
            : throw new Refusal(ErrorReason.MemberSuspended).ToRpcException();
    }

    private Position PositionOf(Token token)
    {
        var shard = shards.ShardOf(token);
        return new() { Shard = (uint)shard.Number, Sequence = (ulong)index.AppliedSequence(shard) };
    }

    private static Token TokenAt(ReadOnlySpan<byte> packed, int place) =>
        new(packed.Slice(place * Token.Size, Token.Size));
}
