using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Disputes;
using SignalExchange.Grains.Indicators;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Keys;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Quotas;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.Signals;

namespace SignalExchange.Silo.Disputes;

/// <summary>How somebody who was wrongly accused gets out.</summary>
/// <remarks>The book is written first, then the signal: whoever asks again after a crash in between finds the one and does the other.</remarks>
internal sealed class DisputeGrpcService(
    IGrainFactory grains,
    KeyDirectory keys,
    ConflictRetries retries,
    Freshness freshness,
    QuotaGate quotas,
    DisputeRecords records,
    AnswerPace pace
) : DisputeService.DisputeServiceBase
{
    private IDisputeBookGrain Book => grains.GetGrain<IDisputeBookGrain>(0);

    /// <remarks>
    /// Paced like a check: a signal that is kept from the caller costs its grain a look at its memory, one that is not there a look at the storage.
    /// </remarks>
    public override Task<RaiseDisputeResponse> RaiseDispute(RaiseDisputeRequest request, ServerCallContext context) =>
        pace.Keep(() => Raise(request, context), context.CancellationToken);

    private async Task<RaiseDisputeResponse> Raise(RaiseDisputeRequest request, ServerCallContext context)
    {
        Require.Form(request);
        _ = KeyId.TryParse(request.KeyId, out var keyId);
        await keys.RequireInForce(keyId, forSubmission: false, context.CancellationToken);
        var caller = context.GetCaller().Caller;
        await quotas.RequireTokens(caller.Member, request.Token.Memory, context.CancellationToken);
        var signalId = request.SignalId.ToByteArray();
        var signal =
            await Indicator(request.Token.Span)
                .FindDisputable(caller, signalId, AsOf(request.Token.Span), context.CancellationToken)
            ?? throw new Refusal(ErrorReason.SignalNotFound, "signal_id").ToRpcException();
        var disputeId = SignalId.NewId().ToByteString().ToByteArray();
        var raise = new RaiseCommand(disputeId, caller.Member.Value, signalId, signal, request.Reason);
        return new() { Dispute = await Settle(await Book.Raise(raise), context) };
    }

    public override async Task<ListDisputesResponse> ListDisputes(
        ListDisputesRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var caller = context.GetCaller();
        var shown = (await Book.List())
            .Where(it => !request.Unsettled || it.State is DisputeState.Open or DisputeState.Upheld)
            .Select(it => DisputeView.For(caller, it))
            .OfType<Dispute>();
        var (page, next) = PageTokens.Page(
            [.. shown.OrderBy(AgeOf, StringComparer.Ordinal)],
            AgeOf,
            "disputes",
            request.PageSize,
            request.PageToken
        );
        return new() { Disputes = { page }, NextPageToken = next };
    }

    public override async Task<AnswerDisputeResponse> AnswerDispute(
        AnswerDisputeRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var member = context.GetCaller().Caller.Member.Value;
        var disputeId = request.DisputeId.ToByteArray();
        if (request.Answer == DisputeAnswer.Uphold)
        {
            return new() { Dispute = await Settle(await Book.Uphold(disputeId, member), context) };
        }

        var found = Done(await Book.ForWithdrawal(disputeId, member));
        if (found.Dispute!.State == DisputeState.SignalWithdrawn)
        {
            return new() { Dispute = await Show(found, context) };
        }

        await Withdraw(found, request, context);
        return new() { Dispute = await Show(Done(await Book.ForWithdrawal(disputeId, member)), context) };
    }

    public override async Task<CloseDisputeResponse> CloseDispute(
        CloseDisputeRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var caller = context.GetCaller();
        var member = caller.Role == KeyRole.Operator ? null : caller.Caller.Member.Value;
        return new() { Dispute = await Settle(await Book.Close(request.DisputeId.ToByteArray(), member), context) };
    }

    private IIndicatorGrain Indicator(ReadOnlySpan<byte> token) =>
        grains.GetGrain<IIndicatorGrain>(new Token(token).ToKeyString());

    private long AsOf(ReadOnlySpan<byte> token) => freshness.AsOf(new Token(token));

    // The signal's own withdrawal settles every dispute on it.
    private async Task Withdraw(DisputeReply found, AnswerDisputeRequest request, ServerCallContext context)
    {
        var reason = request.RetractionReason;
        var command = new WithdrawCommand(
            context.GetCaller().Caller,
            WithdrawalOf(found.Dispute!),
            reason == RetractionReason.Unspecified ? RetractionReason.FalsePositive : reason
        );
        var result = await retries.Run(
            () => Indicator(found.Token).Withdraw(command with { AsOf = AsOf(found.Token) }, CancellationToken.None),
            static result => result.Error,
            CancellationToken.None
        );
        if (result.Error is { } error)
        {
            throw Refusal.From(error).ToRpcException();
        }

        if (await Book.Withdrawn(found.Dispute!.SignalId.ToByteArray()) is { } unwritten)
        {
            throw Refusal.From(unwritten).ToRpcException();
        }
    }

    // One act, however often it is asked for, and another one after the signal was said again.
    private static byte[] WithdrawalOf(Dispute dispute) =>
        SHA256.HashData([.. dispute.DisputeId.Span, .. dispute.ChangedAt?.ToByteArray() ?? []])[..SubmissionId.Size];

    private async Task<Dispute> Settle(DisputeReply reply, ServerCallContext context)
    {
        var done = Done(reply);
        var signalId = done.Dispute!.SignalId.ToByteArray();
        var mark = await Book.MarkOf(signalId);
        while (true)
        {
            await Mark(done.Token, signalId, mark);

            // Two who settle at once may reach the signal in the other order: whoever comes last looks what the book says now.
            var now = await Book.MarkOf(signalId);
            if (now == mark)
            {
                return await Show(done, context);
            }

            mark = now;
        }
    }

    private async Task Mark(byte[]? token, byte[] signalId, DisputeMark mark)
    {
        var error = await retries.Run(
            () => Indicator(token).MarkDisputed(signalId, mark, AsOf(token), CancellationToken.None),
            static error => error,
            CancellationToken.None
        );
        if (error is not null)
        {
            throw Refusal.From(error).ToRpcException();
        }
    }

    private async Task<Dispute> Show(DisputeReply reply, ServerCallContext context)
    {
        var dispute = reply.Dispute!;
        var shown = DisputeView.For(context.GetCaller(), dispute)!;
        await records.Record(CallEntry.Of(context), shown, dispute);
        return shown;
    }

    private static DisputeReply Done(DisputeReply reply) =>
        reply.Error is { } error ? throw Refusal.From(error).ToRpcException() : reply;

    // Newest first, by a key that grows: time, then id.
    private static string AgeOf(Dispute dispute) =>
        $"{long.MaxValue - dispute.RaisedAt.ToDateTimeOffset().UtcTicks:x16}-{Convert.ToHexStringLower(dispute.DisputeId.Span)}";
}
