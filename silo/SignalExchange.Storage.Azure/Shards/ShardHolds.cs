using SignalExchange.Storage.Azure.Errors;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>Holds all shards still for a moment, which is then one moment of them all.</summary>
/// <remarks>
/// <para>
/// A held head asks whoever is about to write to wait: until it is lifted, or for <see cref="Patience"/>, after which whoever held it is
/// taken for gone. That is a request and no lock. What tells whether it was a moment is <see cref="LiftAsync"/>: a head that stands where it
/// was held was not written behind.
/// </para>
/// <para>For one caller, once.</para>
/// </remarks>
internal sealed class ShardHolds(ShardTables tables, ShardReader reader, ShardMap shards)
{
    /// <summary>How long a writer waits at most.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int MaxParallel = 64;
    private const int MaxTries = 20;

    private readonly ShardHead?[] _held = new ShardHead?[shards.Count];

    /// <summary>Returns the sequence at which a shard is held.</summary>
    public long HeadOf(Shard shard) => _held[shard.Number]!.Sequence;

    /// <summary>Holds all shards.</summary>
    /// <exception cref="StorageUnavailableException">One could not be held. Lift the others.</exception>
    public Task PlaceAsync(CancellationToken cancellationToken) =>
        ForAllAsync(
            async shard =>
            {
                for (var left = MaxTries; !await TryHoldAsync(shard, cancellationToken); left--)
                {
                    if (left == 0)
                    {
                        throw new StorageUnavailableException(
                            "A shard is written too often to be held for a moment. Try again when less is written."
                        );
                    }
                }
            },
            cancellationToken
        );

    /// <summary>Lets go of those that are held.</summary>
    /// <returns>Whether all were held and none was written meanwhile.</returns>
    /// <exception cref="StorageUnavailableException">Nobody can tell. What is held still is let go of after <see cref="Patience"/>.</exception>
    public async Task<bool> LiftAsync()
    {
        var isMoment = true;
        await ForAllAsync(
            async shard =>
            {
                if (_held[shard.Number] is not { } head || !await IsLiftedAsync(shard, head))
                {
                    Volatile.Write(ref isMoment, false);
                }
            },
            CancellationToken.None
        );
        return isMoment;
    }

    private async Task<bool> TryHoldAsync(Shard shard, CancellationToken cancellationToken)
    {
        var (table, head) = (tables.Of(shard), await reader.HeadAsync(shard, cancellationToken));
        var entity = ShardEntities.OfHeldHead(shard, head.Sequence);
        try
        {
            var etag = head.ETag is { } stored
                ? await table.ReplaceAsync(entity, stored)
                : await table.AddAsync(entity);
            _held[shard.Number] = new(head.Sequence, etag, IsHeld: true);
            return true;
        }
        catch (AzureFailureException exception)
        {
            // A lost reply looks like a head that another wrote: it is read again.
            return exception.Failure.Kind is AzureFailureKind.ConditionFailed or AzureFailureKind.Unknown
                ? false
                : throw AzureErrors.Unavailable(exception.Failure, table.Account);
        }
    }

    private async Task<bool> IsLiftedAsync(Shard shard, ShardHead held)
    {
        var (table, left) = (tables.Of(shard), MaxTries);
        while (true)
        {
            try
            {
                await table.ReplaceAsync(ShardEntities.OfHead(shard, held.Sequence), held.ETag!.Value);
                return true;
            }
            catch (AzureFailureException exception)
            {
                if (
                    left-- == 0
                    || exception.Failure.Kind is not (AzureFailureKind.ConditionFailed or AzureFailureKind.Unknown)
                )
                {
                    throw AzureErrors.Unavailable(exception.Failure, table.Account);
                }
            }

            // Whose reply was lost, or who was impatient: the sequence tells, and it only grows.
            var now = await reader.HeadAsync(shard, CancellationToken.None);
            if (now.ETag != held.ETag)
            {
                return now.Sequence == held.Sequence;
            }
        }
    }

    private Task ForAllAsync(Func<Shard, Task> act, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            shards.All,
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken },
            async (shard, _) => await act(shard)
        );
}
