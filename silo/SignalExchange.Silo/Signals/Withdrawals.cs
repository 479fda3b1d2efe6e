using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;

namespace SignalExchange.Silo.Signals;

/// <summary>Withdraws a member's own signals on indicators of whichever service: many indicators at once, those on one in order.</summary>
internal sealed class Withdrawals(
    IGrainFactory grains,
    Freshness freshness,
    ConflictRetries retries,
    IOptions<SignalOptions> options
)
{
    /// <summary>Withdraws a batch.</summary>
    /// <param name="drafts">What was read of it; one that is refused fails no other.</param>
    /// <param name="caller">Whose signals.</param>
    /// <param name="cancellationToken">Ends the wait until this silo may answer; what is begun then is finished, for the access log to say what came of it.</param>
    /// <returns>One result a draft, in their order.</returns>
    public async Task<WithdrawResult[]> Run(
        IReadOnlyList<WithdrawalDraft> drafts,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var duplicates = ItemBatch.FindDuplicates(drafts.Select(draft => draft.SubmissionId));
        var (results, tokens) = (new WithdrawResult[drafts.Count], new Token?[drafts.Count]);
        foreach (var (place, draft) in drafts.Index())
        {
            var refusal = duplicates.Contains(place)
                ? new Refusal(ErrorReason.DuplicateInBatch, "submission_id")
                : draft.Refusal;
            tokens[place] = refusal is null ? draft.Token : null;
            results[place] = new WithdrawResult { Error = refusal?.ToItemError() };
        }

        await freshness.RequireCurrent(tokens.OfType<Token>(), cancellationToken);
        await ItemBatch.Run(
            tokens,
            options.Value.MaxParallelItems,
            async (place, cancelled) => results[place] = await Withdraw(drafts[place], caller, cancelled),
            CancellationToken.None
        );
        return results;
    }

    private Task<WithdrawResult> Withdraw(WithdrawalDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        var indicator = grains.GetGrain<IIndicatorGrain>(draft.Token.ToKeyString());
        var command = new WithdrawCommand(caller, draft.SubmissionId.ToByteArray(), draft.Reason);
        return retries.Run(
            () => indicator.Withdraw(command with { AsOf = freshness.AsOf(draft.Token) }, cancellationToken),
            result => result.Error,
            cancellationToken
        );
    }
}
