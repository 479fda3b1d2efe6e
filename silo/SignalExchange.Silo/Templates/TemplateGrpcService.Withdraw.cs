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
    /// <remarks>Paced like a match: what the index knows costs a grain call, what it does not know costs none.</remarks>
    public override Task<WithdrawTemplatesResponse> WithdrawTemplates(
        WithdrawTemplatesRequest request,
        ServerCallContext context
    ) => pace.Keep(() => WithdrawAll(request, context), context.CancellationToken);

    private async Task<WithdrawTemplatesResponse> WithdrawAll(
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
