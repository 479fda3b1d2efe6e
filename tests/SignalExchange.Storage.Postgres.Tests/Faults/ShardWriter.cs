using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.Faults;

/// <summary>Writes one shard as a silo does, through whatever happens, and keeps what it was told of each commit.</summary>
internal sealed class ShardWriter(IShardStore store, Shard shard)
{
    private readonly ShardModel _model = new(store.Shards, shard);
    private readonly Dictionary<UInt128, ShardCommit> _mine = [];
    private readonly HashSet<UInt128> _refused = [];
    private readonly HashSet<UInt128> _acknowledged = [];
    private int _number;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public int Acknowledged => _acknowledged.Count;

    public int Refused => _refused.Count;

    public int Unknown { get; private set; }

    public int Stale { get; private set; }

    /// <summary>Commits until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await CommitAsync();
        }
    }

    /// <summary>Fails unless the log is dense and holds what was acknowledged, once, and nothing that was refused.</summary>
    public async Task AssertTrueAsync()
    {
        var rows = await ShardAssert.ReadAsync(store, shard, 0, Ct);
        var ids = rows.Select(row => row.CommitId).ToList();
        Assert.Equal(
            rows.Select(row => row.FirstSequence - 1),
            rows.Select(row => row.LastSequence).Prepend(0).SkipLast(1)
        );
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(_acknowledged.Except(ids));
        Assert.Empty(_refused.Intersect(ids));
        Assert.Equal(rows.Count == 0 ? 0 : rows[^1].LastSequence, await store.ReadHeadAsync(shard, Ct));
        await ShardAssert.ReplaysAsync(shard, store, Ct);
    }

    private async Task CommitAsync()
    {
        var commit = _model.Next(_number++ % 50, 100 + _number % 7);
        var id = commit.Row.CommitId;
        _mine[id] = commit;
        try
        {
            if (await store.CommitAsync(commit, Ct) == CommitOutcome.Committed)
            {
                _acknowledged.Add(id);
                _model.Apply(commit);
            }
            else
            {
                Stale++;
                _refused.Add(id);
                await CatchUpAsync();
            }
        }
        catch (StorageUnavailableException)
        {
            _refused.Add(id);
            await Task.Delay(5, Ct);
        }
        catch (CommitUnknownException)
        {
            // It may still be on its way. The next commit at the same head settles it: one of the two is stale.
            Unknown++;
        }
    }

    // Somebody moved the head: a commit of this writer whose reply was lost, or a rival.
    private async Task CatchUpAsync()
    {
        try
        {
            foreach (var row in await ShardAssert.ReadAsync(store, shard, _model.Head, Ct))
            {
                _model.Apply(_mine.GetValueOrDefault(row.CommitId) ?? AsCommit(row));
            }
        }
        catch (StorageUnavailableException)
        {
            // The next one is stale again.
        }
    }

    // Each change's detail repeats the state that it made: see ShardModel.
    private static ShardCommit AsCommit(LogRow row) =>
        new(
            row.FirstSequence - 1,
            row,
            [
                .. row.Changes.Select(
                    (change, i) => new IndicatorWrite(change.Token, 0, row.FirstSequence + i, change.Detail)
                ),
            ]
        );
}
