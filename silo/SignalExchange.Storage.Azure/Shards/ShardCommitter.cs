using Azure;
using SignalExchange.Storage.Azure.Errors;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>Commits, each one entity group transaction, and finds out what became of those whose reply was lost.</summary>
/// <remarks>
/// <para>
/// The service compares ETags, the port names sequences and versions. So a commit needs the ETags of what it replaces:
/// remembered ones, which cost nothing, and when those are refused, ones that are read. The head's ETag changes with every
/// commit, so a transaction that the service takes saw the shard as it was when the head was read.
/// </para>
/// <para>Safe from any thread. Runs to its end: the caller's patience ended before it began.</para>
/// </remarks>
internal sealed class ShardCommitter(ShardTables tables, ShardReader reader, ShardMemory memory)
{
    // A backup that begins a moment between two tries has changed the heads again. Ten begin at most, far apart.
    private const int MaxTries = 12;

    private readonly LiftWait _lifts = new(reader);
    private long _transactions;

    /// <summary>Gets the transactions so far, whatever became of them.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Commits.</summary>
    /// <param name="commit">Keeps the rules and limits.</param>
    /// <exception cref="StorageUnavailableException">Nothing was written.</exception>
    /// <exception cref="CommitUnknownException">The reply was lost, and the service could not be asked.</exception>
    public async Task<CommitOutcome> CommitAsync(ShardCommit commit)
    {
        var (batch, wasSubmitted) = (new ShardBatch(commit), false);
        for (var left = MaxTries; left > 0; left--)
        {
            var trustsMemory = left == MaxTries;
            var head = await FindHeadAsync(commit, trustsMemory);
            var etags = head is null ? null : await FindETagsAsync(commit, trustsMemory);
            if (etags is { })
            {
                wasSubmitted = true;
                if (await TrySubmitAsync(commit, batch, head!, etags))
                {
                    return CommitOutcome.Committed;
                }
            }

            if (!trustsMemory && (etags is null || !await IsHeadRewrittenAsync(commit, head!)))
            {
                break;
            }
        }

        return await FindOutcomeAsync(commit, wasSubmitted);
    }

    // Whether the head stands where it did under another ETag: so a hold refused the transaction, and no other commit.
    private async Task<bool> IsHeadRewrittenAsync(ShardCommit commit, ShardHead tried)
    {
        var now = await reader.HeadAsync(commit.Row.Shard, CancellationToken.None);
        return now.Sequence == commit.ExpectedHead && now.ETag != tried.ETag;
    }

    // The head, if it stands where the commit expects it.
    private async Task<ShardHead?> FindHeadAsync(ShardCommit commit, bool trustsMemory)
    {
        var remembered = trustsMemory ? memory.Head(commit.Row.Shard) : null;
        var head = remembered ?? await reader.HeadAsync(commit.Row.Shard, CancellationToken.None);
        head = head.IsHeld ? await _lifts.UntilLiftedAsync(commit.Row.Shard) : head;
        return head.Sequence == commit.ExpectedHead ? head : null;
    }

    // The ETags of the rows that the commit replaces, if all have the expected versions.
    private async Task<ETag?[]?> FindETagsAsync(ShardCommit commit, bool trustsMemory)
    {
        var versions = await Task.WhenAll(
            commit.Indicators.Select(write => FindVersionAsync(commit.Row.Shard, write, trustsMemory))
        );
        for (var i = 0; i < versions.Length; i++)
        {
            // Whether there is none where there must be none, the service says.
            if (commit.Indicators[i].ExpectedVersion != (versions[i]?.Version ?? 0))
            {
                return null;
            }
        }

        return [.. versions.Select(version => version?.ETag)];
    }

    private async Task<RowVersion?> FindVersionAsync(Shard shard, IndicatorWrite write, bool trustsMemory)
    {
        if (write.ExpectedVersion == 0)
        {
            return null;
        }

        var remembered = trustsMemory ? memory.Version(write.Token, write.ExpectedVersion) : null;
        return remembered ?? await reader.VersionAsync(shard, write.Token, CancellationToken.None);
    }

    // Whether it is committed. False when a condition failed: the head's or an indicator's.
    private async Task<bool> TrySubmitAsync(ShardCommit commit, ShardBatch batch, ShardHead head, ETag?[] etags)
    {
        Interlocked.Increment(ref _transactions);
        try
        {
            batch.Remember(await tables.Of(commit.Row.Shard).TransactAsync(batch.Actions(head, etags)), memory);
            return true;
        }
        catch (AzureFailureException exception)
        {
            return exception.Failure.Kind switch
            {
                AzureFailureKind.ConditionFailed => false,
                AzureFailureKind.Unknown => await SettleAsync(commit, exception.Failure),
                _ => throw AzureErrors.Unavailable(exception.Failure, tables.Of(commit.Row.Shard).Account),
            };
        }
    }

    /// <summary>Finds out what became of a transaction whose reply was lost, and sees to it that this stays so.</summary>
    /// <returns>Whether it is committed; false when another one took its place.</returns>
    /// <remarks>
    /// 1. A head that moved tells. 2. One that did not may still do so: the transaction may be on its way. Writing the head as
    /// it is gives it another ETag, and the transaction can only fail from then on. 3. If that is refused, the head moved, or was held.
    /// </remarks>
    private async Task<bool> SettleAsync(ShardCommit commit, AzureFailure failure)
    {
        var account = tables.Of(commit.Row.Shard).Account;
        try
        {
            // 1.
            var head = await reader.HeadAsync(commit.Row.Shard, CancellationToken.None);
            if (head.Sequence != commit.ExpectedHead || !await TryTouchAsync(commit.Row.Shard, head))
            {
                // 3. A hold gives it another ETag as well.
                return await reader.HasAsync(commit.Row, CancellationToken.None);
            }
        }
        catch (StorageUnavailableException)
        {
            throw AzureErrors.Unknown(failure, account);
        }

        throw AzureErrors.Unavailable(failure, account);
    }

    private async Task<bool> TryTouchAsync(Shard shard, ShardHead head)
    {
        var (table, entity) = (tables.Of(shard), ShardEntities.OfHead(shard, head.Sequence));
        try
        {
            // 2.
            var etag = head.ETag is { } stored
                ? await table.ReplaceAsync(entity, stored)
                : await table.AddAsync(entity);
            memory.Set(shard, new(head.Sequence, etag));
            return true;
        }
        catch (AzureFailureException exception)
        {
            return exception.Failure.Kind == AzureFailureKind.ConditionFailed
                ? false
                : throw AzureErrors.Unavailable(exception.Failure, table.Account);
        }
    }

    // A repeated request may have been refused because of its own first try, so the log is asked before it is called stale.
    private async Task<CommitOutcome> FindOutcomeAsync(ShardCommit commit, bool wasSubmitted)
    {
        var head = await reader.HeadAsync(commit.Row.Shard, CancellationToken.None);
        if (head.Sequence == commit.ExpectedHead)
        {
            return CommitOutcome.StaleIndicator;
        }

        return wasSubmitted && await reader.HasAsync(commit.Row, CancellationToken.None)
            ? CommitOutcome.Committed
            : CommitOutcome.StaleHead;
    }
}
