using Grpc.Core;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.Signals;

namespace SignalExchange.Silo.Templates;

internal sealed partial class TemplateGrpcService
{
    /// <inheritdoc/>
    public override async Task<WithdrawTemplatesResponse> WithdrawTemplates(
        WithdrawTemplatesRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var results = await withdrawals.Run(
            [.. request.Withdrawals.Select(Read)],
            context.GetCaller().Caller,
            context.CancellationToken
        );
        return new WithdrawTemplatesResponse { Results = { results } };
    }

    private WithdrawalDraft Read(TemplateWithdrawal withdrawal) =>
        MessageForms.Check(withdrawal) is { } refusal
            ? new(withdrawal.SubmissionId, default, default, refusal)
            : new(withdrawal.SubmissionId, TokenOf(withdrawal.TemplateId), withdrawal.Reason, null);
}
