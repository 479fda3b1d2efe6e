namespace SignalExchange.Storage.Sqlite.Tests.Crashes;

public sealed class FailedCommitTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Disk_that_fails_in_a_commit_leaves_it_unknown_and_the_next_one_works()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Limits the size of files with setrlimit.");
        await using var process = new ChildProcess(ChildProcess.FailInCommit, _folder.Path);

        var printed = await process.Output.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [nameof(CommitUnknownException), bool.TrueString, nameof(CommitOutcome.Committed)],
            printed.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }
}
