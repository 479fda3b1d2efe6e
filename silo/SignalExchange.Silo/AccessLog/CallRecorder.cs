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
internal sealed class CallRecorder(IEntryWriter writer, CallStatistics statistics, TimeProvider clock)
{
    /// <summary>The trailer in which a caller finds where its entry stands.</summary>
    public const string ReceiptTrailer = "signalexchange-receipt-bin";

    /// <summary>Begins the entry of a call.</summary>
    /// <exception cref="RpcException">LOG_UNAVAILABLE: the log does not run.</exception>
    public EntryDraft Begin(HttpContext http, string method) =>
        Begin(method, http.Features.Get<CallerIdentity>(), http.Connection.RemoteIpAddress);

    /// <summary>Begins the entry of something that was done on a connection which is no call's.</summary>
    /// <param name="method">What was done.</param>
    /// <param name="caller">Who did it; null for nobody known.</param>
    /// <param name="address">From where; null if that is not known.</param>
    /// <exception cref="RpcException">LOG_UNAVAILABLE: the log does not run.</exception>
    public EntryDraft Begin(string method, CallerIdentity? caller, IPAddress? address)
    {
        try
        {
            var draft = writer.Begin(RecordedMethods.RetentionOf(method));
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

    /// <summary>Writes the entry of a call that is about to be answered.</summary>
    /// <remarks>
    /// A caller that goes away can't call the entry off: what was done for it stays done. The log's own patience ends the wait.
    /// </remarks>
    /// <exception cref="RpcException">LOG_UNAVAILABLE or LOG_BUSY: the answer must not go out.</exception>
    public async Task<AccessLogReceipt> Write(EntryDraft draft)
    {
        try
        {
            var receipt = (await writer.AppendAsync(draft, CancellationToken.None)).ToMessage();
            statistics.Count(draft.Detail, clock.GetElapsedTime(draft.BegunAt));
            return receipt;
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

    /// <summary>Writes the entry of a call that was refused before its handler.</summary>
    /// <returns>What the caller is told: the refusal, or that it could not be recorded.</returns>
    public async Task<Refusal> WriteRefusal(HttpContext http, Refusal refusal)
    {
        try
        {
            http.Features.Set(RecordedCall.Instance);
            var draft = Begin(http, RecordedMethods.NameOf(http.Request.Path.Value ?? "/"));
            (draft.Detail.StatusCode, draft.Detail.Reason) = Described(refusal.Reason);
            await Write(draft);
            return refusal;
        }
        catch (RpcException failure)
        {
            return new Refusal(RefusalReader.ReasonOf(failure));
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
