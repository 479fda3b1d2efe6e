using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Shards;
using SignalExchange.Index;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Signals;

/// <summary>
/// Submissions about indicators that nobody has reported yet, most of an import: handed to their shards together, since a grain
/// for each, activated to be written once, costs more than all the rest of it.
/// </summary>
/// <remarks>The index only guesses; the shard's transaction decides whether an indicator is new.</remarks>
internal sealed class NewIndicators(
    IGrainFactory grains,
    LocalIndex index,
    ShardMap shards,
    ILogger<NewIndicators> logger
)
{
    // Made once: a reference made by its interface looks attributes up by reflection each time.
    private readonly Lazy<IShardGrain[]> _shards = new(() =>
        [.. shards.All.Select(shard => grains.GetGrain<IShardGrain>(shard.Number))]
    );

    /// <summary>Submits what is new of a batch.</summary>
    /// <param name="drafts">The batch.</param>
    /// <param name="results">Receives the answers at their places; what was not new after all has none. A shard that fails, fails its own items.</param>
    public Task Submit(SubmissionDraft[] drafts, SubmitResult?[] results) =>
        Task.WhenAll(
            FindNew(drafts)
                .GroupBy(place => shards.ShardOf(drafts[place].Token))
                .Select(group => Submit(group.Key, [.. group], drafts, results))
        );

    private async Task Submit(Shard shard, int[] places, SubmissionDraft[] drafts, SubmitResult?[] results)
    {
        var indicators = Array.ConvertAll(
            places,
            place => new NewIndicator(drafts[place].Token.ToArray(), drafts[place].Command!)
        );
        try
        {
            var answers = await _shards.Value[shard.Number].SubmitNew(indicators);
            for (var i = 0; i < places.Length; i++)
            {
                results[places[i]] = answers[i].Error?.Reason == ErrorReason.WriteConflict ? null : answers[i];
            }
        }
        // The other shards' signals are durable, or come to be: their callers are told so.
        catch (Exception failure)
        {
            var error = ItemFailures.Note(failure, shard, places.Length, logger);
            Array.ForEach(places, place => results[place] = new SubmitResult { Error = error });
        }
    }

    // Several submissions about one indicator are its grain's, in their order; so are those that have a way to go in a key rotation.
    private IEnumerable<int> FindNew(SubmissionDraft[] drafts) =>
        drafts
            .Index()
            .Where(entry => entry.Item is { Command: not null, Way: null })
            .GroupBy(entry => entry.Item.Token, entry => entry.Index)
            .Where(places => places.Count() == 1 && !index.TryFind(places.Key, out _))
            .Select(places => places.Single());
}
