using System.Diagnostics;
using System.Net;
using Google.Protobuf;
using Grpc.Core;
using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Operations;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Writes a call's entry, and lets its answer go only when the entry is on stable storage.</summary>
/// <remarks>Fails closed: what cannot be recorded is not answered. Safe from any thread.</remarks>
internal sealed class CallRecorder(
    IEntryWriter writer,
    IAccessLogHealth health,
    CallStatistics statistics,
    UnauthenticatedRefusals unauthenticated,
    TimeProvider clock
)
{
    /// <summary>The trailer in which a caller finds where its entry stands.</summary>
    public const string ReceiptTrailer = "signalexchange-receipt-bin";

    /// <summary>Begins the entry of a call.</summary>
    /// <param name="http">The call.</param>
    /// <param name="method">What is called.</param>
    /// <param name="retention">How long the detail is kept; null for as long as that of the method's other calls.</param>
    /// <exception cref="RpcException">LOG_UNAVAILABLE: the log does not run.</exception>
    public EntryDraft Begin(HttpContext http, string method, LogRetention? retention = null)
    {
        var caller = http.Features.Get<CallerIdentity>();
        var draft = Begin(method, caller, http.Connection.RemoteIpAddress, retention);
        if (caller is null && http.Features.Get<ClaimedIdentity>() is { } claimed)
        {
            var actor = draft.Detail.Actor;
            (actor.MemberId, actor.KeyThumbprint, actor.Role) = (claimed.MemberId, claimed.Thumbprint, claimed.Role);
        }

        return draft;
    }

    /// <summary>Begins the entry of something that was done on a connection which is no call's.</summary>
    /// <param name="method">What was done.</param>
    /// <param name="caller">Who did it; null for nobody known.</param>
    /// <param name="address">From where; null if that is not known.</param>
    /// <param name="retention">How long the detail is kept; null for as long as that of others of the method.</param>
    /// <exception cref="RpcException">LOG_UNAVAILABLE: the log does not run.</exception>
    public EntryDraft Begin(string method, CallerIdentity? caller, IPAddress? address, LogRetention? retention = null)
    {
        try
        {
            var draft = writer.Begin(retention ?? RecordedMethods.RetentionOf(method));
            draft.BegunAt = clock.GetTimestamp();
            draft.Detail.Method = method;
            draft.Detail.RequestId = RequestIdOf(Activity.Current);
            draft.Detail.Actor = ActorOf(caller, address, draft);
            return draft;
        }
        catch (AccessLogUnavailableException)
        {
            throw new Refusal(ErrorReason.LogUnavailable).ToRpcException();
        }
    }

    /// <summary>Records that an act of administration is about to be done, before it is: none is in force without an entry, whatever dies in between.</summary>
    /// <remarks>
    /// While the log is known not to be writable, so is everything else that would change something. That such an entry can be written is
    /// also how the log shows that it works again.
    /// </remarks>
    /// <param name="draft">The call's entry, with what was asked.</param>
    /// <param name="request">What was asked; null in a batch that is missing.</param>
    /// <exception cref="RpcException">LOG_UNAVAILABLE or LOG_BUSY: nothing may be done.</exception>
    public async Task EnsureBegun(EntryDraft draft, object? request)
    {
        var method = draft.Detail.Method;
        var isAct = ChangingMethods.IsAct(method);
        if (!isAct && (health.Current.IsWritable || !ChangingMethods.Contains(method)))
        {
            return;
        }

        var begun = draft.Begun();
        if (isAct && request is IMessage message)
        {
            new CallEntry(begun).AddChanges(ActFacts.AskedBy(message));
        }

        draft.Detail.BegunIndex = (await Append(begun)).Index;
    }

    /// <summary>Writes the entry of a call that is about to be answered.</summary>
    /// <remarks>
    /// A caller that goes away can't call the entry off: what was done for it stays done. The log's own patience ends the wait.
    /// </remarks>
    /// <exception cref="RpcException">LOG_UNAVAILABLE or LOG_BUSY: the answer must not go out.</exception>
    public async Task<AccessLogReceipt> Write(EntryDraft draft)
    {
        var receipt = await Append(draft);
        statistics.Count(draft.Detail, clock.GetElapsedTime(draft.BegunAt));
        return receipt;
    }

    /// <summary>Writes the entry of a call that failed in its handler, in whichever way: some of it may have been done.</summary>
    /// <param name="draft">The entry.</param>
    /// <param name="failure">What the handler threw.</param>
    /// <param name="isCallerGone">Whether the caller went away, or its deadline passed.</param>
    /// <exception cref="RpcException">As for <see cref="Write"/>: what the caller is told then.</exception>
    public Task WriteFailure(EntryDraft draft, Exception failure, bool isCallerGone)
    {
        (draft.Detail.StatusCode, draft.Detail.Reason) = failure switch
        {
            RpcException refused => ((uint)refused.StatusCode, RefusalReader.ReasonOf(refused)),
            _ when isCallerGone => ((uint)StatusCode.Cancelled, ErrorReason.Unspecified),
            _ => Described(FailureReasons.Of(failure)),
        };
        return Write(draft);
    }

    /// <summary>Writes the entry of a call that was refused before its handler; of nobody's too many they are only counted.</summary>
    /// <returns>What the caller is told: the refusal, or that it could not be recorded.</returns>
    public async Task<Refusal> WriteRefusal(HttpContext http, Refusal refusal)
    {
        var isKnown = http.Features.Get<CallerIdentity>() is not null;
        http.Features.Set(RecordedCall.Instance);
        if (!isKnown && !unauthenticated.MayWrite(http.Connection.RemoteIpAddress))
        {
            return refusal;
        }

        try
        {
            // What anybody may cause, who need not even have credentials, is kept no longer than it must be.
            LogRetention? retention = isKnown ? null : LogRetention.Traffic;
            var draft = Begin(http, RecordedMethods.NameOf(http.Request.Path.Value ?? "/"), retention);
            (draft.Detail.StatusCode, draft.Detail.Reason) = Described(refusal.Reason);
            await Write(draft);
            return refusal;
        }
        catch (RpcException failure)
        {
            return new Refusal(RefusalReader.ReasonOf(failure));
        }
    }

    private async Task<AccessLogReceipt> Append(EntryDraft draft)
    {
        try
        {
            return (await writer.AppendAsync(draft, CancellationToken.None)).ToMessage();
        }
        catch (AccessLogBusyException)
        {
            throw new Refusal(ErrorReason.LogBusy).ToRpcException();
        }
        catch (AccessLogUnavailableException)
        {
            throw new Refusal(ErrorReason.LogUnavailable).ToRpcException();
        }
    }

    private static (uint StatusCode, ErrorReason Reason) Described(ErrorReason reason) =>
        ((uint)ErrorCatalog.CodeOf(reason), reason);

    private static ByteString RequestIdOf(Activity? activity)
    {
        if (activity is null)
        {
            return ByteString.Empty;
        }

        var id = new byte[16];
        activity.TraceId.CopyTo(id);
        return ByteString.CopyFrom(id);
    }

    private static LogActor ActorOf(CallerIdentity? caller, IPAddress? address, EntryDraft draft)
    {
        var actor = new LogActor { Kind = ActorKind.Unknown, Source = SourceClass.Public };
        if (caller is not null)
        {
            actor.Kind = caller.Kind;
            actor.MemberId = caller.Caller.Member.Value;
            actor.KeyThumbprint = caller.Thumbprint;
            actor.Role = caller.Role;
        }

        if (address is not null)
        {
            actor.Source = SourceClasses.Of(address);
            actor.SourcePseudonym = draft.PseudonymOfAddress(address.GetAddressBytes());
        }

        return actor;
    }
}
