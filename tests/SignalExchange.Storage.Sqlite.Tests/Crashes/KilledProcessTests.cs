using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.Crashes;

/// <summary>A process is killed while it writes. What the operating system does when the power goes, no test here can show.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_acknowledged_commit_is_there_after_a_kill()
    {
        var acknowledged = new List<AcknowledgedCommit>();
        foreach (var lines in new[] { 50, 700, 3000 })
        {
            acknowledged.AddRange(await CommitAndKillAsync(lines));
            await using var store = await _folder.OpenStoreAsync();
            foreach (var commits in acknowledged.GroupBy(commit => commit.Shard))
            {
                await AssertHoldsAsync(store, commits.Key, commits);
            }
        }
    }

    [Fact]
    public async Task Folder_of_another_process_is_refused_until_it_is_gone()
    {
        await using var process = new ChildProcess(ChildProcess.CommitUntilKilled, _folder.Path);
        await process.Output.ReadLineAsync(Cancellation);

        var exception = await Assert.ThrowsAsync<StorageInUseException>(() => _folder.OpenStoreAsync());
        Assert.Contains(_folder.Path, exception.Message, StringComparison.Ordinal);

        await process.KillAsync();
        await using var store = await _folder.OpenStoreAsync();
    }

    private async Task<List<AcknowledgedCommit>> CommitAndKillAsync(int lines)
    {
        await using var process = new ChildProcess(ChildProcess.CommitUntilKilled, _folder.Path);
        var acknowledged = new List<AcknowledgedCommit>();
        while (await process.Output.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.EndsWith('.'))
            {
                acknowledged.Add(AcknowledgedCommit.Parse(line));
            }

            if (acknowledged.Count == lines)
            {
                process.Kill();
            }
        }

        Assert.True(acknowledged.Count >= lines, $"The process ended by itself after {acknowledged.Count} commits.");
        return acknowledged;
    }

    private static async Task AssertHoldsAsync(
        SqliteExchangeStore store,
        Shard shard,
        IEnumerable<AcknowledgedCommit> acknowledged
    )
    {
        var rows = await ShardAssert.ReadAsync(store, shard, 0, Cancellation);
        var stored = rows.ToDictionary(row => row.LastSequence, row => row.CommitId);
        Assert.All(
            acknowledged,
            commit => Assert.Equal(commit.CommitId, stored.GetValueOrDefault(commit.LastSequence))
        );
        Assert.Equal(rows[^1].LastSequence, await store.ReadHeadAsync(shard, Cancellation));
        await ShardAssert.ReplaysAsync(shard, store, Cancellation);
    }
}
