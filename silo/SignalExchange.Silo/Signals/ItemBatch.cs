using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Signals;

/// <summary>How the items of a batch are worked on: many indicators at once, the items of one indicator in order, each with a result of its own.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class ItemBatch(ShardMap shards, IOptions<SignalOptions> options, ILogger<ItemBatch> logger)
{
    /// <summary>Runs an action for each item. What an item throws is its own refusal, and the others go on.</summary>
    /// <param name="tokens">The items' indicators; an item without one is left out.</param>
    /// <param name="act">What to do with the item at a place.</param>
    /// <param name="fail">Takes why the item at a place failed.</param>
    /// <remarks>
    /// A shard of which a call got no answer is not asked again in this batch: each call waits for as long as the runtime does, and there may
    /// be thousands. Begun, a batch is finished whether its caller waits or not, for the access log to say what came of it.
    /// </remarks>
    public Task Run(IReadOnlyList<Token?> tokens, Func<int, CancellationToken, Task> act, Action<int, ItemError> fail)
    {
        var silent = new ConcurrentDictionary<Shard, bool>();
        return Parallel.ForEachAsync(
            PlacesByIndicator(tokens),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxParallelItems },
            async (indicator, cancelled) =>
            {
                var shard = shards.ShardOf(indicator.Key);
                foreach (var place in indicator.Value)
                {
                    if (silent.ContainsKey(shard))
                    {
                        fail(place, new Refusal(ErrorReason.NotReady).ToItemError());
                        continue;
                    }

                    try
                    {
                        await act(place, cancelled);
                    }
                    catch (Exception failure)
                    {
                        _ = failure is TimeoutException && silent.TryAdd(shard, true);
                        fail(place, ItemFailures.Note(failure, shard, items: 1, logger));
                    }
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

    private static Dictionary<Token, List<int>> PlacesByIndicator(IReadOnlyList<Token?> tokens)
    {
        var byIndicator = new Dictionary<Token, List<int>>(tokens.Count);
        for (var place = 0; place < tokens.Count; place++)
        {
            if (tokens[place] is { } token)
            {
                (byIndicator.TryGetValue(token, out var places) ? places : byIndicator[token] = []).Add(place);
            }
        }

        return byIndicator;
    }
}
