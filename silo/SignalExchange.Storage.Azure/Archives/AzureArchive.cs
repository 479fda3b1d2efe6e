using System.Runtime.CompilerServices;
using System.Text;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Azure.Shards;
using SignalExchange.Storage.Azure.States;

namespace SignalExchange.Storage.Azure.Archives;

/// <summary>The tables and blobs as they were at one moment. For one reader.</summary>
/// <param name="session">The connections; closed with this.</param>
/// <param name="shards">The indicators at that moment.</param>
/// <param name="states">The grains' states.</param>
/// <param name="logs">The access logs, a little later.</param>
/// <param name="isAlone">Whether nobody may write until it is read.</param>
internal sealed class AzureArchive(
    ArchiveSession session,
    ShardCopy shards,
    StateMoment states,
    IReadOnlyList<LogCopy> logs,
    bool isAlone
) : IArchive
{
    private const int RowsPerPage = 1000;

    /// <inheritdoc/>
    public int ShardCount => session.Map.Count;

    /// <inheritdoc/>
    public long ExpectedRecords => states.States.Count + (2 * shards.Count); // A row of the log holds some changes, and most change once.

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArchiveRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var state in states.States.OrderBy(it => it.GrainId, ByBytes).ThenBy(it => it.Name, ByBytes))
        {
            yield return state;
        }

        foreach (var shard in session.Map.All)
        {
            await foreach (var row in ReadLogAsync(shard, cancellationToken))
            {
                yield return row;
            }
        }

        foreach (var row in shards.Indicators())
        {
            yield return new ArchivedIndicator(row.Token, row.Version, row.State);
        }

        await foreach (var record in ReadAccessLogsAsync(cancellationToken))
        {
            yield return record;
        }

        await RefuseIfWrittenAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        shards.Dispose();
        session.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Comparer<string> ByBytes { get; } =
        Comparer<string>.Create(
            static (left, right) =>
                Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))
        );

    private async IAsyncEnumerable<ArchivedLogRow> ReadLogAsync(
        Shard shard,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (reached, head) = (0L, shards.MarkOf(shard));
        var pages = session
            .Shards.Of(shard)
            .PagesAsync(
                ShardKeys.Partition(shard),
                ShardKeys.LogRow(0),
                ShardKeys.LogRow(head),
                RowsPerPage,
                cancellationToken
            );
        await foreach (var page in pages)
        {
            foreach (var row in page.Select(entity => ShardEntities.UndecodedLogRow(shard, entity)))
            {
                yield return row;
                reached += row.LastSequence - row.FirstSequence + 1;
            }
        }

        if (reached != head)
        {
            throw new StorageFormatException("The tables are damaged: a shard's log does not reach its head.");
        }
    }

    private async IAsyncEnumerable<ArchiveRecord> ReadAccessLogsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var log in logs)
        {
            yield return log.Log;
        }

        foreach (var row in logs.SelectMany(log => log.Tail))
        {
            yield return row;
        }

        foreach (var log in logs)
        {
            await foreach (var resource in log.ResourcesAsync(cancellationToken))
            {
                yield return resource;
            }
        }
    }

    // Accounts know no connections and no locks of ours, so whether a silo was there shows in what it wrote.
    private async Task RefuseIfWrittenAsync(CancellationToken cancellationToken)
    {
        if (isAlone && await IsWrittenAsync(cancellationToken))
        {
            throw new StorageInUseException(
                "Something was written while it was read, which would be lost on the way. Stop every silo, and begin again."
            );
        }
    }

    private async Task<bool> IsWrittenAsync(CancellationToken cancellationToken)
    {
        foreach (var shard in session.Map.All)
        {
            if ((await session.Reader.HeadAsync(shard, cancellationToken)).Sequence != shards.MarkOf(shard))
            {
                return true;
            }
        }

        foreach (var log in logs)
        {
            if (!await log.IsUnchangedAsync(cancellationToken))
            {
                return true;
            }
        }

        return (await LogCopy.NamesAsync(session.Logs, cancellationToken)).Count != logs.Count
            || !await session.States.HasAsync(states.Versions, cancellationToken);
    }
}
