using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Quotas;
using SignalExchange.Index;
using SignalExchange.Silo.Quotas;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Signals;

/// <summary>Withdraws a member's own signals on indicators of whichever service: many indicators at once, those on one in order.</summary>
/// <remarks>
/// What the index does not know is looked up in the storage before its grain is asked: a token that nobody ever reported costs a read, never an
/// activation. The storage, and not the index alone: what was withdrawn, or has expired, is there still, and its withdrawal asked for again gets
/// the same answer. So what was acknowledged is always found, however far this silo has followed.
/// </remarks>
internal sealed class Withdrawals(
    IGrainFactory grains,
    LocalIndex index,
    IShardStore store,
    QuotaGate quotas,
    Freshness freshness,
    ConflictRetries retries,
    ItemBatch items
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
        using var reserved = await quotas.ReserveWrites(
            caller.Member,
            WriteKind.Withdrawals,
            drafts.Count,
            cancellationToken
        );
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
        reserved.Spend(); // all of it, also what finds nothing: each is a question to the storage
        await items.Run(
            tokens,
            async (place, cancelled) => results[place] = await Withdraw(drafts[place], caller, cancelled),
            (place, error) => results[place] = new WithdrawResult { Error = error }
        );
        return results;
    }

    private async Task<WithdrawResult> Withdraw(
        WithdrawalDraft draft,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (await FindNothing(draft.Token, cancellationToken) is { } nothing)
        {
            return new WithdrawResult { Error = new Refusal(nothing).ToItemError() };
        }

        var indicator = grains.GetGrain<IIndicatorGrain>(draft.Token.ToKeyString());
        var command = new WithdrawCommand(caller, draft.SubmissionId.ToByteArray(), draft.Reason);
        return await retries.Run(
            () => indicator.Withdraw(command with { AsOf = freshness.AsOf(draft.Token) }, cancellationToken),
            result => result.Error,
            cancellationToken
        );
    }

    /// <summary>Returns why there is no grain to ask; null if there is one.</summary>
    private async ValueTask<ErrorReason?> FindNothing(Token token, CancellationToken cancellationToken)
    {
        if (index.TryFind(token, out _))
        {
            return null;
        }

        try
        {
            return await store.ReadIndicatorAsync(token, cancellationToken) is null ? ErrorReason.SignalNotFound : null;
        }
        catch (StorageUnavailableException)
        {
            return ErrorReason.StorageUnavailable;
        }
    }
}
