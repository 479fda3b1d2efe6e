using SignalExchange.Storage;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Archives;

namespace SignalExchange.TestKit.Storage;

/// <summary>Something of every kind, as an archive that no engine made.</summary>
public sealed class ArchiveSample : IArchiveSource, IArchive
{
    /// <summary>The number of shards.</summary>
    public const int Shards = 16;

    /// <summary>The commits of each shard that is not empty, by the numbers of their indicators.</summary>
    public static readonly int[][] Commits =
    [
        [1],
        [2, 3],
        [1, 4, 5],
        [2],
    ];

    /// <summary>How each access log stands.</summary>
    public static readonly AccessLogExtent Extent = new(256, 300, 300);

    private static readonly string[] Logs = ["a-log", "silo-1"];

    public int ShardCount => Shards;

    public long ExpectedRecords => 0;

    /// <summary>Returns what a shard holds.</summary>
    public static ShardModel ModelOf(Shard shard)
    {
        var model = new ShardModel(new(Shards), shard);
        foreach (var numbers in shard.Number % 3 == 0 ? [] : Commits)
        {
            model.Apply(model.Next(numbers));
        }

        return model;
    }

    public Task<IArchive> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<IArchive>(this);

    public async IAsyncEnumerable<ArchiveRecord> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.Yield();
        foreach (var record in States().Concat(OfShards()).Concat(OfLogs()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<ArchiveRecord> States() =>
        [
            new ArchivedState("account", "0", "an-etag", new byte[100_000]),
            new ArchivedState("registry", "0", "another", new byte[] { 1, 2, 3 }),
            new ArchivedState("session", "größe/✓", "1", ReadOnlyMemory<byte>.Empty),
            new ArchivedState("session", "größe/\uFF5E", "1", new byte[] { 4 }),
            new ArchivedState("session", "größe/\U0001F600", "1", new byte[] { 5 }), // behind the one before by bytes, in front of it by UTF-16
        ];

    private static IEnumerable<ArchiveRecord> OfShards()
    {
        ShardModel[] models = [.. new ShardMap(Shards).All.Select(ModelOf)];
        var rows = models
            .SelectMany(model => model.Log)
            .Select(row => new ArchivedLogRow(
                row.Shard,
                row.FirstSequence,
                row.LastSequence,
                row.CommitId,
                LogRowCodec.Encode(row.Changes)
            ));
        var indicators = models
            .SelectMany(model => model.Indicators.Values)
            .OrderBy(row => row.Token)
            .Select(row => new ArchivedIndicator(row.Token, row.Version, row.State));
        return [.. rows, .. indicators];
    }

    private static IEnumerable<ArchiveRecord> OfLogs() =>
        [
            .. Logs.Select(log => new ArchivedAccessLog(log, 1, Extent)),
            .. Logs.SelectMany(log => (ArchiveRecord[])[Tail(log, 256, 40), Tail(log, 296, 4)]),
            .. Logs.SelectMany(Files),
        ];

    private static ArchivedTail Tail(string log, long first, int count)
    {
        var records = AccessLogRecords.From(first, count);
        var bytes = new byte[TailRowCodec.Measure(records, 0, count)];
        TailRowCodec.Write(records, 0, count, bytes);
        return new(log, first, count, bytes);
    }

    private static IEnumerable<ArchiveRecord> Files(string log) =>
        [
            new ArchivedResource(log, AccessLogPaths.Checkpoint, new byte[] { 9 }),
            new ArchivedResource(log, "detail/000", new byte[] { 8 }),
            new ArchivedResource(log, "tile/0/000", new byte[8192]),
            new ArchivedResource(log, "tile/0/001.p/44", new byte[44 * 32]),
            new ArchivedResource(log, "tile/entries/000", new byte[] { 7 }),
        ];
}
