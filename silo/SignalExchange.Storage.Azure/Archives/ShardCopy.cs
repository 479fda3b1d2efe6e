using System.Collections.Concurrent;
using SignalExchange.Contracts;
using SignalExchange.Storage.Azure.Shards;

namespace SignalExchange.Storage.Azure.Archives;

/// <summary>A copy of all indicators that follows what is written, by the shards' logs, until nothing is.</summary>
/// <remarks>
/// (1) All are read, which takes long. (2) The logs say which have changed since, and those are read again, which takes less long each time. (3) While the
/// shards are held still it is done once more: then the copy is that of the heads. Only what changed meanwhile is in memory.
/// </remarks>
internal sealed class ShardCopy(ArchiveSession session) : IDisposable
{
    private const int RowsPerPage = 1000;
    private const int MaxParallel = 64;
    private const int FewEnough = 500;
    private const int MaxRounds = 20;

    private readonly long[] _marks = new long[session.Map.Count];
    private readonly ConcurrentDictionary<Token, IndicatorRow> _changed = new();
    private readonly IndicatorSpool _spool = new();

    /// <summary>Gets how many indicators there are, roughly.</summary>
    public long Count => _spool.Count + _changed.Count;

    /// <summary>Returns the sequence up to which the copy has a shard's changes.</summary>
    public long MarkOf(Shard shard) => _marks[shard.Number];

    /// <summary>Reads all indicators, and follows until few are written between two looks.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var shard in session.Map.All)
        {
            _marks[shard.Number] = (await session.Reader.HeadAsync(shard, cancellationToken)).Sequence;
            await SpoolAsync(shard, cancellationToken);
        }

        for (var left = MaxRounds; left > 0 && await FollowAsync(cancellationToken) > FewEnough; left--) { }
    }

    /// <summary>Reads again what was written since.</summary>
    /// <returns>How many indicators that were.</returns>
    public async Task<int> FollowAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        await Parallel.ForEachAsync(
            session.Map.All,
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken },
            async (shard, token) => Interlocked.Add(ref count, await FollowAsync(shard, token))
        );
        return count;
    }

    /// <summary>Returns the indicators, in the order of their tokens. Once.</summary>
    public IEnumerable<IndicatorRow> Indicators()
    {
        var changed = new Queue<IndicatorRow>(_changed.Values.OrderBy(row => row.Token));
        foreach (var row in _spool.Read())
        {
            while (changed.TryPeek(out var next) && next.Token < row.Token)
            {
                yield return changed.Dequeue();
            }

            yield return changed.TryPeek(out var newer) && newer.Token == row.Token ? changed.Dequeue() : row;
        }

        while (changed.TryDequeue(out var last))
        {
            yield return last;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _spool.Dispose();

    private async Task SpoolAsync(Shard shard, CancellationToken cancellationToken)
    {
        var pages = session
            .Shards.Of(shard)
            .PagesAsync(
                ShardKeys.Partition(shard),
                ShardKeys.Indicators,
                ShardKeys.IndicatorsEnd,
                RowsPerPage,
                cancellationToken
            );
        await foreach (var page in pages)
        {
            foreach (var entity in page)
            {
                _spool.Add(ShardEntities.Indicator(ShardKeys.TokenOf(entity.RowKey), entity));
            }
        }
    }

    private async Task<int> FollowAsync(Shard shard, CancellationToken cancellationToken)
    {
        var (mark, tokens) = (_marks[shard.Number], new HashSet<Token>());
        await foreach (var row in session.Reader.LogAsync(shard, mark, cancellationToken))
        {
            tokens.UnionWith(row.Changes.Select(change => change.Token));
            mark = row.LastSequence;
        }

        foreach (var token in tokens)
        {
            _changed[token] =
                await session.Reader.IndicatorAsync(shard, token, cancellationToken)
                ?? throw new StorageFormatException("The tables are damaged: a change's indicator has no row.");
        }

        _marks[shard.Number] = mark;
        return tokens.Count;
    }
}
