using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
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
        var caller = context.GetCaller().Caller;
        var duplicates = ItemBatch.FindDuplicates(request.Withdrawals.Select(withdrawal => withdrawal.SubmissionId));
        var results = new WithdrawResult[request.Withdrawals.Count];
        var tokens = new Token?[results.Length];
        foreach (var (place, withdrawal) in request.Withdrawals.Index())
        {
            var refusal = duplicates.Contains(place)
                ? new Refusal(ErrorReason.DuplicateInBatch, "submission_id")
                : MessageForms.Check(withdrawal);
            tokens[place] = refusal is null ? TokenOf(withdrawal.TemplateId) : null;
            results[place] = new WithdrawResult { Error = refusal?.ToItemError() };
        }

        await freshness.RequireCurrent(tokens.OfType<Token>(), context.CancellationToken);
        await ItemBatch.Run(
            tokens,
            options.Value.MaxParallelItems,
            async (place, cancelled) =>
                results[place] = await Withdraw(request.Withdrawals[place], tokens[place]!.Value, caller, cancelled),
            context.CancellationToken
        );
        return new WithdrawTemplatesResponse { Results = { results } };
    }

    private Task<WithdrawResult> Withdraw(
        TemplateWithdrawal withdrawal,
        Token token,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var command = new WithdrawCommand(caller, withdrawal.SubmissionId.ToByteArray(), withdrawal.Reason);
        return retries.Run(
            () => Template(token).Withdraw(command with { AsOf = freshness.AsOf(token) }, cancellationToken),
            result => result.Error,
            cancellationToken
        );
    }
}
