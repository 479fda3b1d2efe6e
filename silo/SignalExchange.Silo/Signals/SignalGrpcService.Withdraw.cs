using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Signals;

internal sealed partial class SignalGrpcService
{
    /// <inheritdoc/>
    /// <remarks>Paced like a check: what the index knows costs a grain call, what it does not know costs none.</remarks>
    public override Task<WithdrawResponse> Withdraw(WithdrawRequest request, ServerCallContext context) =>
        pace.Keep(() => WithdrawAll(request, context), context.CancellationToken);

    private async Task<WithdrawResponse> WithdrawAll(WithdrawRequest request, ServerCallContext context)
    {
        using var timing = metrics.Time("withdraw");
        Require.Form(request);
        await RequireKey(request.KeyId, forSubmission: false, context.CancellationToken);
        var results = await withdrawals.Run(
            [.. request.Withdrawals.Select(Read)],
            context.GetCaller().Caller,
            context.CancellationToken
        );
        metrics.Withdrawn(results);
        return new WithdrawResponse { Results = { results } };
    }

    private static WithdrawalDraft Read(Withdrawal withdrawal) =>
        MessageForms.Check(withdrawal) is { } refusal
            ? new(withdrawal.SubmissionId, default, default, refusal)
            : new(withdrawal.SubmissionId, new Token(withdrawal.Token.Span), withdrawal.Reason, null);
}
