namespace SignalExchange.Benchmarks.Submissions;

/// <summary>The embedded engine: an exchange that is told nothing.</summary>
internal sealed class MeasuredSqlite(string folder) : MeasuredEngine
{
    private readonly BareLoop _bare = new(Path.Combine(folder, "bare.db"));

    public override IReadOnlyList<string> Settings => [];

    public override Task Commit(int count, int batch) => Task.Run(() => _bare.Commit(count, batch));

    public override ValueTask DisposeAsync()
    {
        _bare.Dispose();
        return default;
    }
}
