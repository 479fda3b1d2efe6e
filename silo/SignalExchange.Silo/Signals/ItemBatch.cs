using Google.Protobuf;
using SignalExchange.Contracts;

namespace SignalExchange.Silo.Signals;

/// <summary>How the items of a batch are worked on: many indicators at once, the items of one indicator in order.</summary>
internal static class ItemBatch
{
    /// <summary>Runs an action for each item.</summary>
    /// <param name="tokens">The items' indicators; an item without one is left out.</param>
    /// <param name="maxParallel">How many indicators at once.</param>
    /// <param name="act">What to do with the item at a place.</param>
    /// <param name="cancellationToken">Ends the batch; items done stay done.</param>
    public static Task Run(
        IReadOnlyList<Token?> tokens,
        int maxParallel,
        Func<int, CancellationToken, Task> act,
        CancellationToken cancellationToken
    )
    {
        var byIndicator = new Dictionary<Token, List<int>>(tokens.Count);
        for (var place = 0; place < tokens.Count; place++)
        {
            if (tokens[place] is { } token)
            {
                (byIndicator.TryGetValue(token, out var places) ? places : byIndicator[token] = []).Add(place);
            }
        }

        return Parallel.ForEachAsync(
            byIndicator.Values,
            new ParallelOptions { MaxDegreeOfParallelism = maxParallel, CancellationToken = cancellationToken },
            async (places, cancelled) =>
            {
                foreach (var place in places)
                {
                    await act(place, cancelled);
                }
            }
        );
    }

    /// <summary>Returns the places whose id stood in the batch before.</summary>
    public static HashSet<int> FindDuplicates(IEnumerable<ByteString> ids)
    {
        var seen = new HashSet<ByteString>();
        return
        [
            .. ids.Index().Where(entry => !entry.Item.IsEmpty && !seen.Add(entry.Item)).Select(entry => entry.Index),
        ];
    }
}
