using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Signals;

internal sealed partial class SignalGrpcService
{
    /// <inheritdoc/>
    public override async Task<WithdrawResponse> Withdraw(WithdrawRequest request, ServerCallContext context)
    {
        using var timing = metrics.Time("withdraw");
        Require.Form(request);
        await RequireKey(request.KeyId, forSubmission: false, context.CancellationToken);
        var caller = context.GetCaller().Caller;
        var results = new WithdrawResult[request.Withdrawals.Count];
        var tokens = new Token?[results.Length];
        var duplicates = ItemBatch.FindDuplicates(request.Withdrawals.Select(withdrawal => withdrawal.SubmissionId));
        for (var place = 0; place < results.Length; place++)
        {
            var withdrawal = request.Withdrawals[place];
            var refusal = duplicates.Contains(place)
                ? new Refusal(ErrorReason.DuplicateInBatch, "submission_id")
                : MessageForms.Check(withdrawal);
            tokens[place] = refusal is null ? new Token(withdrawal.Token.Span) : null;
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
        metrics.Withdrawn(results);
        return new WithdrawResponse { Results = { results } };
    }

    private Task<WithdrawResult> Withdraw(
        Withdrawal withdrawal,
        Token token,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var command = new WithdrawCommand(caller, withdrawal.SubmissionId.ToByteArray(), withdrawal.Reason);
        return retries.Run(
            () => Indicator(token).Withdraw(command with { AsOf = freshness.AsOf(token) }, cancellationToken),
            result => result.Error,
            cancellationToken
        );
    }
}
