using SignalExchange.Client.Bulk;
using SignalExchange.Client.Errors;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.TokenCache;

/// <summary>Turns items about identifiers of any types into requests about tokens of one key, and puts the results in the items' order.</summary>
/// <param name="source">Where tokens come from.</param>
/// <param name="maxItems">The most items in a request.</param>
internal sealed class TokenBatches(ITokenSource source, int maxItems)
{
    // Key id, purpose and positions go into the request as well.
    private const int MaxBytes = Limits.MaxMessageBytes - 16 * 1024;

    /// <summary>Works on items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="identifierOf">Returns an item's identifier.</param>
    /// <param name="sizeOf">Returns an item's size in the request, in bytes.</param>
    /// <param name="act">Makes the request for a batch; as many results as items, in their order.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <remarks>
    /// Types are worked on side by side, the batches of one type one after the other, so that items about one identifier keep their
    /// order. When the exchange has retired a batch's key, its tokens are made again under the next, once.
    /// </remarks>
    public async Task<IReadOnlyList<TResult>> RunAsync<T, TResult>(
        IReadOnlyList<T> items,
        Func<T, Identifier> identifierOf,
        Func<T, int> sizeOf,
        Func<TokenBatch<T>, CancellationToken, Task<IEnumerable<TResult>>> act,
        CancellationToken cancellationToken
    )
    {
        var results = new TResult[items.Count];
        var types = items
            .Index()
            .GroupBy(entry => identifierOf(entry.Item).Type)
            .Select(async ofType =>
            {
                foreach (var run in BatchCutter.Cut(ofType, maxItems, MaxBytes, entry => sizeOf(entry.Item)))
                {
                    T[] batch = [.. run.Select(entry => entry.Item)];
                    var answers = await RunOneAsync(ofType.Key, batch, identifierOf, act, cancellationToken)
                        .ConfigureAwait(false);
                    foreach (var (entry, answer) in run.Zip(answers))
                    {
                        results[entry.Index] = answer;
                    }
                }
            });
        await Task.WhenAll(types).ConfigureAwait(false);
        return results;
    }

    private async Task<IEnumerable<TResult>> RunOneAsync<T, TResult>(
        IndicatorType type,
        T[] items,
        Func<T, Identifier> identifierOf,
        Func<TokenBatch<T>, CancellationToken, Task<IEnumerable<TResult>>> act,
        CancellationToken cancellationToken
    )
    {
        var identifiers = Array.ConvertAll(items, item => identifierOf(item));
        var keyId = await source.GetKeyAsync(type, cancellationToken).ConfigureAwait(false);
        try
        {
            return await ActAsync(keyId).ConfigureAwait(false);
        }
        catch (SignalExchangeException refused)
            when (refused.Reason is ErrorReason.KeyRetired or ErrorReason.KeyUnknown)
        {
            var next = await source.GetSuccessorAsync(keyId, cancellationToken).ConfigureAwait(false);
            if (next == keyId)
            {
                throw;
            }

            return await ActAsync(next).ConfigureAwait(false);
        }

        async Task<IEnumerable<TResult>> ActAsync(KeyId key)
        {
            var tokens = await source.MakeAsync(key, identifiers, cancellationToken).ConfigureAwait(false);
            return await act(new TokenBatch<T>(key, items, tokens), cancellationToken).ConfigureAwait(false);
        }
    }
}
