using System.Collections.Concurrent;
using SignalExchange.TransparencyLog.Tiles;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.TransparencyLog.Tests.Verification;

public sealed class IntactLogTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    [InlineData(65_536)]
    [InlineData(66_000)]
    public async Task A_log_that_nobody_touched_is_intact_and_no_file_is_read_twice(int size)
    {
        using var log = new TestLog(size);

        var result = await log.VerifyAsync();

        Assert.Empty(result.Findings);
        Assert.True(result.IsIntact);
        Assert.Equal((size, 0), (result.DetailsVerified, result.DetailsShredded));
        Assert.Equal(log.Files.Reads.Distinct(), log.Files.Reads);
        Assert.Equal(log.Files.Files.Keys.Order(), log.Files.Reads.Order());
    }

    [Fact]
    public async Task A_log_that_grew_in_steps_is_intact_from_every_older_checkpoint()
    {
        using var log = new TestLog(0);
        foreach (var step in new[] { 3, 253, 1, 300, 700 })
        {
            var since = log.Note;
            log.Grow(step);

            var result = await log.VerifyAsync(log.Options with { Since = since });

            Assert.Empty(result.Findings);
            Assert.True(result.IsIntact);
        }
    }

    [Fact]
    public async Task Partial_files_that_went_do_no_harm()
    {
        using var log = new TestLog(300);
        var note = log.Note;
        log.Grow(500);
        foreach (var path in log.Files.Files.Keys.Where(path => path.Contains("001.p/", StringComparison.Ordinal)))
        {
            log.Files.Files.Remove(path);
        }

        log.Publish(note);
        log.Files.Files["tile/1/000.p/1"] = log.Files.Files["tile/1/000.p/3"][..32];
        var result = await log.VerifyAsync();

        Assert.Empty(result.Findings);
        Assert.True(result.IsIntact);
    }

    [Fact]
    public async Task Progress_goes_up_to_the_last_entry()
    {
        using var log = new TestLog(1_000);
        var told = new ConcurrentBag<LogProgress>();

        await new LogVerifier(log.Files, log.Options).VerifyAsync(
            new Told(told.Add),
            TestContext.Current.CancellationToken
        );

        Assert.All(told, it => Assert.Equal(1_000, it.Total));
        Assert.Equal(1_000, told.Max(it => it.Verified));
        Assert.Equal(4, told.Count);
    }

    [Fact]
    public async Task A_log_in_a_folder_is_verified()
    {
        using var log = new TestLog(300);
        var folder = Directory.CreateTempSubdirectory("tlog-").FullName;
        var store = new FolderTileStore(folder);
        foreach (var (path, bytes) in log.Files.Files.Where(file => file.Key != "checkpoint"))
        {
            Assert.True(TilePath.TryParse(path, out var parsed));
            store.Write([new TileChange(parsed, bytes)]);
        }

        store.WriteCheckpoint(log.Note.ToBytes());
        var verifier = new LogVerifier(new FolderTileSource(folder), log.Options);
        var result = await verifier.VerifyAsync(null, TestContext.Current.CancellationToken);
        Directory.Delete(folder, recursive: true);

        Assert.True(result.IsIntact);
    }

    private sealed class Told(Action<LogProgress> add) : IProgress<LogProgress>
    {
        public void Report(LogProgress value) => add(value);
    }
}
