using SignalExchange.Contracts;
using SignalExchange.Storage;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Archives.Files;

namespace SignalExchange.TestKit.Storage;

/// <summary>What every engine does that is read and filled as a whole: backups, restorations and moves between engines.</summary>
public abstract class ArchiveConformance : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-archive-").FullName;
    private IArchivedStorageUnderTest _storage = null!;
    private int _rounds;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _storage = await CreateAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_goes_in_comes_out_the_same_byte_by_byte()
    {
        var given = await Copy(new ArchiveSample(), new BackupFileTarget(FileOf("given")));
        var restored = await Copy(new BackupFileSource(FileOf("given")), _storage.Target());
        var backedUp = await Copy(_storage.Source(), new BackupFileTarget(FileOf("back")));

        Assert.Equal(6, given.Kinds.Values.Count(kind => kind.Records > 0));
        Assert.All([restored, backedUp], it => Assert.Equal(given.Sha256, it.Sha256));
        Assert.Equal(
            await File.ReadAllBytesAsync(FileOf("given"), Ct),
            await File.ReadAllBytesAsync(FileOf("back"), Ct)
        );
    }

    [Fact]
    public async Task A_storage_that_was_filled_is_written_on_where_the_other_stood()
    {
        await Copy(new ArchiveSample(), _storage.Target());

        await using var stores = await _storage.OpenAsync(Ct);

        foreach (var shard in stores.Shards.Shards.All)
        {
            var model = ArchiveSample.ModelOf(shard);
            Assert.Equal(model.Head, await stores.Shards.ReadHeadAsync(shard, Ct));
            await model.CommitAsync(stores.Shards, model.Next(1, 6), Ct);
        }

        var stored = await stores.States.ReadAsync("registry", "0", Ct);
        Assert.Equal([1, 2, 3], stored!.Payload.ToArray());
        await stores.States.WriteAsync("registry", "0", new byte[] { 4 }, stored.ETag, Ct);
        var lease = await stores.Logs.AcquireAsync("silo-1", Ct);
        Assert.Equal(2, lease.Epoch);
        Assert.Equal(ArchiveSample.Extent, await stores.Logs.ReadExtentAsync("silo-1", Ct));
        await stores.Logs.AppendAsync(lease, 300, AccessLogRecords.From(300, 1), Ct);
        var tail = await stores.Logs.ReadAsync("silo-1", 256, 45, Ct);
        Assert.Equal(AccessLogRecords.Of(256).Entry.ToArray(), tail[0].Entry.ToArray());
    }

    [Fact]
    public async Task What_silos_wrote_is_read_whole_and_moves_to_another_place()
    {
        await using (var stores = await _storage.OpenAsync(Ct))
        {
            await Fill(stores);
        }

        await using var other = await CreateAsync(Ct);
        var moved = await Copy(_storage.Source(isAlone: true), other.Target());
        var again = await Copy(other.Source(), new BackupFileTarget(FileOf("again")));

        Assert.Equal(6, moved.Kinds.Values.Count(kind => kind.Records > 0));
        Assert.Equal(moved.Sha256, again.Sha256);
        await AssertWhole(new BackupFileSource(FileOf("again")));
    }

    [Fact]
    public async Task Only_an_empty_storage_is_filled()
    {
        await Copy(new ArchiveSample(), _storage.Target());
        var before = await Digest("before");

        var refusal = await Assert.ThrowsAsync<StorageFormatException>(() =>
            Copy(new ArchiveSample(), _storage.Target())
        );

        Assert.Contains("Only an empty", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Digest("after"));
    }

    [Fact]
    public async Task A_copy_that_breaks_off_leaves_the_target_empty_and_is_made_again()
    {
        for (var records = 0; records < 110; records += 36)
        {
            var breaking = new BreakingSource(new ArchiveSample(), records);
            await Assert.ThrowsAsync<InvalidDataException>(() => Copy(breaking, _storage.Target()));
        }

        await Copy(new ArchiveSample(), _storage.Target());
    }

    [Fact]
    public async Task A_storage_that_a_silo_writes_to_is_not_moved()
    {
        await Copy(new ArchiveSample(), _storage.Target());
        await using var stores = await _storage.OpenAsync(Ct);
        var model = ArchiveSample.ModelOf(new(3));
        await model.CommitAsync(stores.Shards, model.Next(1), Ct);

        await Assert.ThrowsAsync<StorageInUseException>(async () =>
        {
            await using var archive = await _storage.Source(isAlone: true).OpenAsync(Ct);
            await model.CommitAsync(stores.Shards, model.Next(1), Ct);
            await foreach (var _ in archive.ReadAsync(Ct)) { }
        });
    }

    [Fact]
    public async Task A_backup_beside_writers_is_of_one_moment()
    {
        await Copy(new ArchiveSample(), _storage.Target());
        await using var stores = await _storage.OpenAsync(Ct);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var writing = Write(stores, over.Token);

        for (var copy = 0; copy < 5; copy++)
        {
            var before = Volatile.Read(ref _rounds);
            await Eventually.TrueAsync(() => Volatile.Read(ref _rounds) > before, "the writers go on");
            var file = FileOf($"copy-{copy}");
            await Copy(_storage.Source(), new BackupFileTarget(file));
            await AssertWhole(new BackupFileSource(file));
            await AssertOneMoment(new BackupFileSource(file));
        }

        await over.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task What_a_checkpoint_needs_is_in_the_backup_though_the_log_grows_meanwhile()
    {
        await Copy(new ArchiveSample(), _storage.Target());
        await using var stores = await _storage.OpenAsync(Ct);
        var lease = await stores.Logs.AcquireAsync("silo-1", Ct);

        var files = new Dictionary<string, byte[]>();
        await using var archive = await _storage.Source().OpenAsync(Ct);
        await foreach (var record in archive.ReadAsync(Ct))
        {
            if (record is ArchivedIndicator && files.TryAdd("", []))
            {
                await Grow(stores.Logs, lease);
            }
            else if (record is ArchivedResource { Log: "silo-1" } file)
            {
                files[file.Path] = file.Content.ToArray();
            }
        }

        Assert.Equal([9], files["checkpoint"]);
        Assert.Equal(44 * 32, files["tile/0/001.p/44"].Length);
        Assert.DoesNotContain("tile/0/001", files.Keys);
    }

    [Fact]
    public async Task What_a_checkpoint_needs_that_nobody_was_told_of_yet_is_in_the_backup()
    {
        await Copy(new ArchiveSample(), _storage.Target());
        await using var stores = await _storage.OpenAsync(Ct);
        var lease = await stores.Logs.AcquireAsync("silo-1", Ct);
        await stores.Logs.AppendAsync(lease, 300, AccessLogRecords.From(300, 300), Ct);
        await stores.Logs.PutAsync(lease, "tile/0/002.p/8", new byte[8 * 32], Ct);
        await stores.Logs.PutAsync(lease, AccessLogPaths.Checkpoint, "log/silo-1\n520\nroot\n"u8.ToArray(), Ct);

        var files = new List<string>();
        await using var archive = await _storage.Source().OpenAsync(Ct);
        await foreach (var record in archive.ReadAsync(Ct))
        {
            files.AddRange(record is ArchivedResource { Log: "silo-1" } file ? [file.Path] : []);
        }

        Assert.Contains("tile/0/001.p/44", files);
        Assert.Contains("tile/0/002.p/8", files);
    }

    /// <summary>Makes a new, empty place.</summary>
    protected abstract Task<IArchivedStorageUnderTest> CreateAsync(CancellationToken cancellationToken);

    private static Task<ArchiveDigests> Copy(IArchiveSource source, IArchiveTarget target) =>
        ArchiveCopy.RunAsync(source, target, static _ => { }, Ct);

    private string FileOf(string name) => Path.Combine(_folder, name);

    private async Task<string> Digest(string file) =>
        (await Copy(_storage.Source(), new BackupFileTarget(FileOf(file)))).Sha256;

    private static async Task Fill(OpenStores stores)
    {
        foreach (var shard in stores.Shards.Shards.All.Where(shard => shard.Number % 3 != 0))
        {
            var model = new ShardModel(stores.Shards.Shards, shard);
            foreach (var numbers in ArchiveSample.Commits)
            {
                await model.CommitAsync(stores.Shards, model.Next(numbers), Ct);
            }
        }

        await stores.States.WriteAsync("registry", "0", new byte[] { 1, 2, 3 }, null, Ct);
        foreach (var name in (string[])["silo-1", "a-log"])
        {
            var lease = await stores.Logs.AcquireAsync(name, Ct);
            await stores.Logs.AppendAsync(lease, 0, AccessLogRecords.From(0, 200), Ct);
            await stores.Logs.AppendAsync(lease, 200, AccessLogRecords.From(200, 100), Ct); // ends one bundle, begins the next
            await stores.Logs.PutAsync(lease, "tile/0/000", new byte[8192], Ct);
            await stores.Logs.PutAsync(lease, "tile/0/001.p/44", new byte[44 * 32], Ct);
            await stores.Logs.PutAsync(lease, AccessLogPaths.Checkpoint, new byte[] { 9 }, Ct);
            await stores.Logs.MarkPublishedAsync(lease, 300, Ct);
            await stores.Logs.TrimAsync(lease, 256, Ct);
        }
    }

    // To another bundle, so that a partial tile gives way to a full one.
    private static async Task Grow(IAccessLogStore logs, AccessLogLease lease)
    {
        await logs.AppendAsync(lease, 300, AccessLogRecords.From(300, 212), Ct);
        await logs.PutAsync(lease, "tile/0/001", new byte[8192], Ct);
        await logs.PutAsync(lease, AccessLogPaths.Checkpoint, new byte[] { 10 }, Ct);
        await logs.MarkPublishedAsync(lease, 512, Ct);
        await logs.TrimAsync(lease, 512, Ct);
        await logs.DeletePartialsAsync(lease, "tile/0/001", Ct);
    }

    // One after the other: to a shard, to another one, and how often as a grain's state.
    private async Task Write(OpenStores stores, CancellationToken over)
    {
        ShardModel[] models = [ArchiveSample.ModelOf(new(3)), ArchiveSample.ModelOf(new(12))]; // which are empty so far
        string? etag = null;
        for (var rounds = 0; !over.IsCancellationRequested; Volatile.Write(ref _rounds, rounds))
        {
            foreach (var model in models)
            {
                await model.CommitAsync(stores.Shards, model.Next(rounds % 7), CancellationToken.None);
            }

            rounds++;
            etag = await stores.States.WriteAsync(
                "rounds",
                "0",
                BitConverter.GetBytes(rounds),
                etag,
                CancellationToken.None
            );
        }
    }

    // Each indicator has the version of its last change in the log, and none is missing: nothing of a commit without the rest.
    private static async Task AssertWhole(BackupFileSource source)
    {
        var last = new Dictionary<Token, long>();
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

    private static async Task AssertOneMoment(BackupFileSource source)
    {
        var (heads, rounds) = (new Dictionary<int, long> { [3] = 0, [12] = 0 }, 0);
        await using var archive = await source.OpenAsync(Ct);
        await foreach (var record in archive.ReadAsync(Ct))
        {
            if (record is ArchivedLogRow row && heads.ContainsKey(row.Shard.Number))
            {
                heads[row.Shard.Number] = row.LastSequence;
            }
            else if (record is ArchivedState { Name: "rounds" } state)
            {
                rounds = BitConverter.ToInt32(state.Payload.Span);
            }
        }

        Assert.InRange(heads[3], heads[12], heads[12] + 1);
        Assert.InRange(heads[12], rounds, rounds + 1);
    }
}
