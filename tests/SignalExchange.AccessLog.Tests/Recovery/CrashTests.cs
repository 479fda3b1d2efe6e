using CsCheck;
using SignalExchange.Storage;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.AccessLog.Tests.Recovery;

/// <summary>A process ends between any two steps; the next one goes on with the same tree.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Whatever_step_is_the_last_one_the_same_tree_goes_on() =>
        Gen.Select(Gen.Int[1, 600], Gen.Int[0, 14], Gen.Int[1, 300])
            .SampleAsync(
                async (count, steps, more) =>
                {
                    using var folder = new TempFolder();
                    var acknowledged = await CrashAfterAsync(folder.Path, count, steps);

                    await using var log = await LogUnderTest.StartAsync(folder.Path);
                    await AssertHoldsAsync(log, acknowledged);
                    await log.AppendAsync(more, firstNumber: count);
                    await log.WaitPublishedAsync(count + more);

                    var entries = IndependentVerifier.Verify(
                        Path.Combine(folder.Path, LogUnderTest.Name),
                        log.Host.VerifierKey
                    );
                    Assert.Equal(count + more, entries.Count);
                },
                iter: 40,
                threads: 1
            );

    [Fact]
    public async Task Entry_that_was_written_and_not_acknowledged_is_there_once()
    {
        var copy = new TempFolder();
        await using (var log = await LogUnderTest.StartAsync(_folder.Path))
        {
            await log.AppendAsync(5);
            var (written, release) = (new TaskCompletionSource(), new TaskCompletionSource());
            log.Script.AfterAppend = () =>
            {
                written.TrySetResult();
                return release.Task;
            };
            var waiting = log.AppendOneAsync(5);
            await written.Task.WaitAsync(Cancellation);
            await log.WaitPublishedAsync(5);
            CopyFolder(_folder.Path, copy.Path); // What a killed process leaves: all its files as they are.
            release.SetResult();
            await waiting;
        }

        await using var recovered = await LogUnderTest.StartAsync(copy.Path);
        Assert.Equal(6, recovered.Reader.Size);
        await recovered.WaitPublishedAsync(6);
        IndependentVerifier.Verify(copy.In(LogUnderTest.Name), recovered.Host.VerifierKey);
        copy.Dispose();
    }

    // Rows of the tail don't end where bundles do: trimming up to entry 512 with rows of 100 takes 500 of them.
    [Theory]
    [InlineData(100, 600)]
    [InlineData(7, 520)]
    public async Task All_is_read_after_a_restart_when_the_tail_was_cut_within_a_bundle(int group, int count)
    {
        var setup = new LogSetup { Configure = options => options.MaxGroupEntries = group };
        await LogUnderTest.MakeAsync(_folder.Path, count, setup);

        await using var log = await LogUnderTest.StartAsync(_folder.Path, setup);

        Assert.Equal(count, (await log.ReadAllAsync()).Count);
        await log.AppendAsync(group * 3, firstNumber: count);
        await log.WaitPublishedAsync(count + (group * 3));
        Assert.Equal(
            count + (group * 3),
            IndependentVerifier.Verify(_folder.In(LogUnderTest.Name), log.Host.VerifierKey).Count
        );
    }

    [Fact]
    public async Task Checkpoint_that_was_signed_and_not_published_binds_the_log()
    {
        var witness = new SilentWitness();
        var setup = new LogSetup { Witnesses = [witness], Configure = options => options.RequiredWitnesses = 1 };
        await using (var log = await LogUnderTest.StartAsync(_folder.Path, setup))
        {
            await log.AppendAsync(20);
            await Wait.UntilAsync(() => log.Standing.Reason is not null, () => "Nobody was asked.");
        }

        Assert.True(File.Exists(_folder.In(LogUnderTest.Name, "checkpoint.signed")));
        using (
            var connection = new Microsoft.Data.Sqlite.SqliteConnection(
                $"Data Source={_folder.In("tail.db")};Pooling=False"
            )
        )
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE log SET size = 10; DELETE FROM tail WHERE (position & 0xFFFF) >= 10";
            command.ExecuteNonQuery();
        }

        var exception = await Assert.ThrowsAsync<AccessLogDamagedException>(() =>
            LogUnderTest.StartAsync(_folder.Path, setup)
        );
        Assert.Contains("a checkpoint was signed for 20", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clock_that_jumps_back_over_a_restart_does_not_turn_the_log_back()
    {
        await LogUnderTest.MakeAsync(_folder.Path, 256); // A tail that was trimmed to nothing: the last bundle knows the time.
        var earlier = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var log = await LogUnderTest.StartAsync(_folder.Path, new() { Time = earlier });
        await log.AppendAsync(1, firstNumber: 256);

        var entries = await log.ReadAllAsync();

        Assert.Equal(entries[255].Entry.Time, entries[256].Entry.Time);
        Assert.Equal(entries[255].Entry.Period, entries[256].Entry.Period);
    }

    [Fact]
    public async Task Of_two_writers_on_one_log_the_last_one_wins()
    {
        await using var first = await LogUnderTest.StartAsync(_folder.Path);
        await first.AppendAsync(3);
        await first.WaitPublishedAsync(3);
        await first.Script.AcquireAsync(LogUnderTest.Name, Cancellation);

        await Assert.ThrowsAsync<AccessLogUnavailableException>(() => first.AppendOneAsync(3));
        Assert.False(first.Standing.IsWritable);
        Assert.Equal(3, (await first.Script.ReadExtentAsync(LogUnderTest.Name, Cancellation)).Size);
    }

    [Fact]
    public async Task Full_disk_refuses_entries_loses_none_and_recovers()
    {
        long acknowledged = 0;
        await using (var log = await LogUnderTest.StartAsync(_folder.Path, new() { MaxDatabaseBytes = 1024 * 1024 }))
        {
            log.Script.BeforePut = _ => throw new StorageUnavailableException("The storage is full.");
            foreach (var count in new[] { 100, 1 }) // A smaller group may still fit.
            {
                await Assert.ThrowsAsync<AccessLogUnavailableException>(async () =>
                {
                    while (true)
                    {
                        acknowledged += (await log.AppendAsync(count)).Count;
                    }
                });
            }

            Assert.False(log.Standing.IsWritable);
        }

        await using var recovered = await LogUnderTest.StartAsync(_folder.Path);
        Assert.InRange(recovered.Reader.Size, acknowledged, acknowledged + 100);
        await recovered.AppendAsync(1);
        await recovered.WaitPublishedAsync(recovered.Reader.Size);
        IndependentVerifier.Verify(_folder.In(LogUnderTest.Name), recovered.Host.VerifierKey);
    }

    // From the given step on nothing more reaches the disk, as if the process had ended there.
    private static async Task<IReadOnlyList<long>> CrashAfterAsync(string folder, int count, int steps)
    {
        await using var log = await LogUnderTest.StartAsync(folder);
        var left = steps;
        log.Script.BeforePut = _ =>
            Interlocked.Decrement(ref left) < 0 ? throw new StorageUnavailableException() : Task.CompletedTask;
        log.Script.BeforeMark = () =>
            Interlocked.Decrement(ref left) < 0 ? throw new StorageUnavailableException() : Task.CompletedTask;
        log.Script.BeforeTrim = log.Script.BeforeMark;
        var receipts = await log.AppendAsync(count);
        await Wait.UntilAsync(
            () => Volatile.Read(ref left) < 0 || log.Standing.PublishedSize == count,
            () => "Nothing was published, and nothing failed."
        );
        return [.. receipts.Select(receipt => receipt.Index)];
    }

    private static async Task AssertHoldsAsync(LogUnderTest log, IReadOnlyList<long> acknowledged)
    {
        var entries = await log.ReadAllAsync();
        Assert.Equal(acknowledged.Order(), entries.Select(entry => entry.Index));
        for (var number = 0; number < acknowledged.Count; number++)
        {
            Assert.Equal((uint)number, entries[(int)acknowledged[number]].Detail!.Asked);
        }
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (
            var file in Directory
                .EnumerateFiles(from, "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
        )
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = File.Create(target);
            source.CopyTo(copy);
        }
    }

    private sealed class SilentWitness : AccessLog.Publishing.ICheckpointWitness
    {
        public string Name => "silent";

        public Task<NoteSignature> CosignAsync(
            SignedNote checkpoint,
            ITreeReader tree,
            CancellationToken cancellationToken
        ) => throw new IOException("Nobody is there.");
    }
}
