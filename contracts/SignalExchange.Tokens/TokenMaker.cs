using SignalExchange.Contracts;

namespace SignalExchange.Tokens;

/// <summary>Makes tokens of identifiers with the help of a key holder who learns neither.</summary>
/// <param name="evaluator">The key holder. Its proof is verified on every answer; nothing turns that off.</param>
/// <remarks>
/// Nothing raw passes this door: what leaves are blinded elements, each with fresh randomness. Safe from any thread. The work,
/// some 0.4 milliseconds of one core an identifier, is done on the thread pool and overlaps the waiting for the key holder.
/// </remarks>
public sealed class TokenMaker(IElementEvaluator evaluator)
{
    /// <summary>How many batches are under way at once: enough to hide the way to the key holder, too few to flood it.</summary>
    internal const int MaxBatchesInFlight = 4;

    /// <summary>Makes the tokens of identifiers of one type.</summary>
    /// <param name="key">The key to use; pinned by the caller.</param>
    /// <param name="identifiers">The identifiers, all of the key's type; any number, not changed during the call.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>As many results, in the same order.</returns>
    /// <exception cref="ArgumentException">An identifier is of another type than the key.</exception>
    /// <exception cref="ProofInvalidException">The key holder's answer does not fit the key; no token of the call is given out.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>
    /// Asks in batches of at most <see cref="Limits.MaxEvaluateBatch"/>, a few at a time. Whatever the evaluator throws comes through;
    /// batches under way are then cancelled. A call repeated costs its evaluations again: cache the results.
    /// </remarks>
    public async Task<IReadOnlyList<EvaluatedIdentifier>> MakeAsync(
        KeyCommitment key,
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(identifiers);
        var ordered = identifiers.ToArray();
        CheckTypes(key.KeyId, ordered);

        var results = new EvaluatedIdentifier[ordered.Length];
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = MaxBatchesInFlight,
            CancellationToken = cancellationToken,
        };
        await Parallel
            .ForEachAsync(
                Enumerable.Range(0, (ordered.Length + Limits.MaxEvaluateBatch - 1) / Limits.MaxEvaluateBatch),
                options,
                (batch, token) => MakeBatchAsync(key, ordered, results, batch * Limits.MaxEvaluateBatch, token)
            )
            .ConfigureAwait(false);
        return results;
    }

    private static void CheckTypes(KeyId keyId, ReadOnlySpan<Identifier> identifiers)
    {
        for (var i = 0; i < identifiers.Length; i++)
        {
            if (identifiers[i].Type != keyId.Type)
            {
                throw new ArgumentException(
                    $"Identifier {i} of {identifiers.Length} is of another type than the key {keyId}: {identifiers[i]}.",
                    nameof(identifiers)
                );
            }
        }
    }

    private async ValueTask MakeBatchAsync(
        KeyCommitment key,
        Identifier[] identifiers,
        EvaluatedIdentifier[] results,
        int start,
        CancellationToken cancellationToken
    )
    {
        var count = Math.Min(Limits.MaxEvaluateBatch, identifiers.Length - start);
        using var batch = BlindedBatch.Blind(identifiers.AsSpan(start, count));
        var evaluation = await evaluator
            .EvaluateAsync(key.KeyId, batch.BlindedElements, cancellationToken)
            .ConfigureAwait(false);
        batch.Unblind(key, evaluation, results.AsSpan(start, count));
    }
}
