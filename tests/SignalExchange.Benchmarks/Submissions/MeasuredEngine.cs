namespace SignalExchange.Benchmarks.Submissions;

/// <summary>What keeps a measured exchange's data, and the bare loop on the same engine that it is compared with.</summary>
internal abstract class MeasuredEngine : IAsyncDisposable
{
    /// <summary>Gets what the exchange is told, so that it uses the engine.</summary>
    public abstract IReadOnlyList<string> Settings { get; }

    /// <summary>Starts one.</summary>
    /// <param name="name">sqlite, postgres or azure.</param>
    /// <param name="folder">A folder for files.</param>
    public static async Task<MeasuredEngine> Start(string name, string folder) =>
        name switch
        {
            "postgres" => await MeasuredPostgres.Start(),
            "azure" => await MeasuredAzurite.Start(),
            _ => new MeasuredSqlite(folder),
        };

    /// <summary>Commits so many submissions, in transactions of so many.</summary>
    public abstract Task Commit(int count, int batch);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
