using SignalExchange.Contracts;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Rotation;

/// <summary>Finds the indicators of one key in a shard, in the order of its log.</summary>
/// <remarks>
/// A row is found at its last change, so each stands in one page only, and one that changes meanwhile is found again behind. Reads the storage and
/// activates no grain: whoever needs an indicator's present state asks its grain. Safe from any thread.
/// </remarks>
public sealed class RotationSurvey(IShardStore store)
{
    /// <summary>Reads on in a shard's log.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="after">The sequence that was read last; 0 to begin.</param>
    /// <param name="keyId">The key.</param>
    /// <param name="maxRows">How many rows to find at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<SurveyPage> ReadAsync(
        Shard shard,
        long after,
        string keyId,
        int maxRows,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<SurveyRow>();
        var read = after;
        await foreach (var row in store.ReadLogAsync(shard, after, cancellationToken))
        {
            for (var place = 0; place < row.Changes.Count; place++)
            {
                var sequence = row.FirstSequence + place;
                if (sequence <= read)
                {
                    continue;
                }

                if (rows.Count == maxRows)
                {
                    return new(rows, read, IsAtEnd: false);
                }

                if (await FindAsync(row.Changes[place].Token, sequence, keyId, cancellationToken) is { } found)
                {
                    rows.Add(found);
                }

                read = sequence;
            }
        }

        return new(rows, read, IsAtEnd: true);
    }

    private async ValueTask<SurveyRow?> FindAsync(
        Token token,
        long sequence,
        string keyId,
        CancellationToken cancellationToken
    )
    {
        var row = await store.ReadIndicatorAsync(token, cancellationToken);
        if (row?.Version != sequence)
        {
            return null;
        }

        var state = IndicatorState.Parser.ParseFrom(row.State.Span);
        return state.KeyId == keyId ? new SurveyRow(token, state.SealedElement.Memory, PlaceOf(state.MovedTo)) : null;
    }

    private static SurveyPlace PlaceOf(MovedTo? moved) =>
        moved is null ? SurveyPlace.Here
        : moved.ByRotation ? SurveyPlace.MovedByRotation
        : SurveyPlace.MovedBySubmission;
}
