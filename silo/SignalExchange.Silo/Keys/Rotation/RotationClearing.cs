using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Rotation;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Keys.Rotation;

/// <summary>Forgets, when an overlap is over, where the old names led, and what proved the rotation before.</summary>
/// <remarks>
/// Whoever holds the old key and the database must not find from an old name to the new one. The shards' logs keep the old names, and that something
/// was said there.
/// </remarks>
internal sealed class RotationClearing(IGrainFactory grains, IShardStore store, RotationSurvey survey)
{
    private const int PageSize = 1_000;

    /// <summary>Goes through every shard; begun again, it goes on.</summary>
    public async Task GoThrough(RotationSession session, CancellationToken cancellationToken)
    {
        foreach (var shard in store.Shards.All)
        {
            if (await GoThrough(session, shard, cancellationToken))
            {
                await session.Save();
            }
        }
    }

    /// <summary>Removes the batches of the rotation to the key that is now destroyed.</summary>
    public async Task ForgetBatchesBefore(RotationSession session, CancellationToken cancellationToken)
    {
        var before = await grains.GetGrain<IKeyRotationGrain>(session.Progress.FromKeyId).Read();
        for (var number = 0UL; number < (before?.Batches ?? 0); number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await grains.BatchOf(before!, number).Clear();
        }
    }

    private async Task<bool> GoThrough(RotationSession session, Shard shard, CancellationToken cancellationToken)
    {
        var begun = session.Progress.Sequences[shard.Number];
        for (var isAtEnd = false; !isAtEnd; )
        {
            var page = await survey.ReadAsync(
                shard,
                session.Progress.Sequences[shard.Number],
                session.Progress.FromKeyId,
                PageSize,
                cancellationToken
            );
            foreach (var row in page.Rows.Where(row => row.Place != SurveyPlace.Here))
            {
                await Forget(row, cancellationToken);
            }

            session.Progress.Sequences[shard.Number] = page.Sequence;
            isAtEnd = page.IsAtEnd;
        }

        return session.Progress.Sequences[shard.Number] != begun;
    }

    private async Task Forget(SurveyRow row, CancellationToken cancellationToken)
    {
        var indicator = grains.GetGrain<IIndicatorGrain>(row.Token.ToKeyString());
        if (await indicator.Forget(cancellationToken) is { Reason: not ErrorReason.Unspecified and var reason })
        {
            throw new InvalidOperationException($"Where a name led could not be forgotten: {reason}.");
        }
    }
}
