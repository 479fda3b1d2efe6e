using System.Runtime.CompilerServices;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Archives.Files;
using SignalExchange.Storage.Postgres.Archives;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.Archives;

/// <summary>Everything that is stored, from one place to another and back.</summary>
public sealed class ArchiveTests(CleanDatabases databases) : IDisposable
{
    private readonly SqliteFolders _folders = new();
    private readonly SqliteFolders _others = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_goes_by_file_and_every_engine_comes_back_the_same()
    {
        await _folders.FillAsync();
        var database = await NewDatabase();

        var backedUp = await Copy(_folders.Source(), new BackupFileTarget(_folders.File));
        var moved = await Copy(new BackupFileSource(_folders.File), Target(database));
        var backedUpAgain = await Copy(Source(database), new BackupFileTarget(_others.File));
        var restored = await Copy(new BackupFileSource(_others.File), _others.Target());

        Assert.Equal(6, backedUp.Kinds.Values.Count(kind => kind.Records > 0));
        Assert.All([moved, backedUpAgain, restored], it => Assert.Equal(backedUp.Sha256, it.Sha256));
        Assert.Equal(await File.ReadAllBytesAsync(_folders.File, Ct), await File.ReadAllBytesAsync(_others.File, Ct));
    }

    [Fact]
    public async Task A_storage_that_was_filled_is_written_on_where_the_other_stood()
    {
        await _folders.FillAsync();
        var database = await NewDatabase();
        await Copy(_folders.Source(), Target(database));
        await Copy(_folders.Source(), _others.Target());

        await using var sqlite = await _others.OpenAsync();
        await using var postgres = PostgresStorageUnderTest.NewStore(
            database,
            options => options.ShardCount = SqliteFolders.Shards
        );
        await postgres.OpenAsync(Ct);
        foreach (var store in (IShardStore[])[sqlite, postgres])
        {
            var model = new ShardModel(store.Shards, new(1));
            foreach (
                var numbers in (int[][])
                    [
                        [1],
                        [2, 3],
                        [1, 4, 5],
                        [2],
                    ]
            )
            {
                model.Apply(model.Next(numbers));
            }

            Assert.Equal(7, await store.ReadHeadAsync(model.Shard, Ct));
            Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(model.Next(1, 6), Ct));
        }

        await using var log = await _others.OpenLogAsync();
        var lease = await log.AcquireAsync("silo-1", Ct);
        Assert.Equal(2, lease.Epoch);
        Assert.Equal(new(256, 300, 300), await log.ReadExtentAsync("silo-1", Ct));
        await log.AppendAsync(lease, 300, AccessLogRecords.From(300, 1), Ct);
    }

    [Fact]
    public async Task Only_an_empty_storage_is_filled()
    {
        await _folders.FillAsync();
        var database = await NewDatabase();
        await Copy(_folders.Source(), Target(database));
        await Copy(_folders.Source(), new BackupFileTarget(_folders.File));

        foreach (
            var taken in (IArchiveTarget[])[Target(database), _folders.Target(), new BackupFileTarget(_folders.File)]
        )
        {
            await Assert.ThrowsAsync<StorageFormatException>(() => Copy(new BackupFileSource(_folders.File), taken));
        }

        Assert.Equal((await Digest(_folders.Source())).Sha256, (await Digest(Source(database))).Sha256);
    }

    [Fact]
    public async Task A_copy_that_breaks_off_leaves_the_target_empty_and_is_made_again()
    {
        await _folders.FillAsync();
        var database = await NewDatabase();
        foreach (
            var target in (IArchiveTarget[])[Target(database), _others.Target(), new BackupFileTarget(_others.File)]
        )
        {
            for (var records = 0; records < 100; records += 13)
            {
                var breaking = new BreakingSource(_folders.Source(), records);
                await Assert.ThrowsAsync<InvalidDataException>(() => Copy(breaking, target));
            }

            await Copy(_folders.Source(), target);
        }
    }

    [Fact]
    public async Task A_storage_that_a_silo_uses_is_not_moved()
    {
        await _folders.FillAsync();
        await using (await _folders.OpenAsync())
        {
            await Assert.ThrowsAsync<StorageInUseException>(() => Copy(_folders.Source(), _others.Target()));
        }

        var database = await NewDatabase();
        await using var silo = PostgresStorageUnderTest.NewStore(database, it => it.ShardCount = SqliteFolders.Shards);
        await silo.OpenAsync(Ct);
        await silo.ReadHeadAsync(new(0), Ct);
        await Assert.ThrowsAsync<StorageInUseException>(() => Copy(Source(database, isAlone: true), _others.Target()));
        await Assert.ThrowsAsync<StorageInUseException>(() => Copy(_folders.Source(), Target(database)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_backup_beside_writers_is_of_one_moment(bool isPostgres)
    {
        await _folders.FillAsync();
        var database = await NewDatabase();
        await Copy(_folders.Source(), Target(database));
        await using var postgres = PostgresStorageUnderTest.NewStore(
            database,
            it => it.ShardCount = SqliteFolders.Shards
        );
        await postgres.OpenAsync(Ct);
        await using var sqlite = await _folders.OpenAsync();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var writing = WriteOn(isPostgres ? postgres : sqlite, over.Token);

        for (var copy = 0; copy < 5; copy++)
        {
            var file = _others.File + copy;
            await Copy(isPostgres ? Source(database) : _folders.Source(isAlone: false), new BackupFileTarget(file));
            await AssertWhole(new BackupFileSource(file));
        }

        await over.CancelAsync();
        Assert.InRange(await writing, 1, int.MaxValue);
    }

    public void Dispose()
    {
        _folders.Dispose();
        _others.Dispose();
    }

    private static async Task<int> WriteOn(IShardStore store, CancellationToken over)
    {
        var model = new ShardModel(store.Shards, new(3)); // one that is empty so far
        var commits = 0;
        while (!over.IsCancellationRequested)
        {
            await model.CommitAsync(store, model.Next(commits % 7, 10 + (commits % 5)), CancellationToken.None);
            commits++;
        }

        return commits;
    }

    // Each indicator has the version of its last change in the log, and none is missing: nothing of a commit without the rest.
    private static async Task AssertWhole(BackupFileSource source)
    {
        var last = new Dictionary<Contracts.Token, long>();
        await using var archive = await source.OpenAsync(Ct);
        await foreach (var record in archive.ReadAsync(Ct))
        {
            if (record is ArchivedLogRow row)
            {
                foreach (var (i, change) in LogRowCodec.Decode(row.Changes).Index())
                {
                    last[change.Token] = row.FirstSequence + i;
                }
            }
            else if (record is ArchivedIndicator indicator)
            {
                Assert.True(last.Remove(indicator.Token, out var version));
                Assert.Equal(version, indicator.Version);
            }
        }

        Assert.Empty(last);
    }

    private static Task<ArchiveDigests> Copy(IArchiveSource source, IArchiveTarget target) =>
        ArchiveCopy.RunAsync(source, target, static _ => { }, Ct);

    private async Task<ArchiveDigests> Digest(IArchiveSource source) =>
        await Copy(source, new BackupFileTarget(Path.Combine(_folders.Data, Path.GetRandomFileName())));

    private Task<string> NewDatabase() => databases.CreateAsync(Ct);

    private static PostgresArchiveSource Source(string database, bool isAlone = false) =>
        new(new PostgresStorageOptions { ConnectionString = database }, isAlone);

    private static PostgresArchiveTarget Target(string database) =>
        new(new PostgresStorageOptions { ConnectionString = database });

    /// <summary>Fails after so many records.</summary>
    private sealed class BreakingSource(IArchiveSource source, int records) : IArchiveSource
    {
        public async Task<IArchive> OpenAsync(CancellationToken cancellationToken) =>
            new BreakingArchive(await source.OpenAsync(cancellationToken), records);
    }

    private sealed class BreakingArchive(IArchive archive, int records) : IArchive
    {
        public int ShardCount => archive.ShardCount;

        public long ExpectedRecords => archive.ExpectedRecords;

        public async IAsyncEnumerable<ArchiveRecord> ReadAsync(
            [EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            var left = records;
            await foreach (var record in archive.ReadAsync(cancellationToken))
            {
                yield return left-- > 0 ? record : throw new InvalidDataException("It breaks off here.");
            }
        }

        public ValueTask DisposeAsync() => archive.DisposeAsync();
    }
}
