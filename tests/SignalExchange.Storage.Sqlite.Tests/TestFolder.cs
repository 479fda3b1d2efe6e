using Microsoft.Extensions.Options;
using SignalExchange.TestKit.Logging;

namespace SignalExchange.Storage.Sqlite.Tests;

/// <summary>A data folder that is not there yet, and is gone after the test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly ListLogger<SqliteExchangeStore> _log = new();
    private readonly string _parent = Directory.CreateTempSubdirectory("signalexchange-sqlite-").FullName;

    public string Path => System.IO.Path.Combine(_parent, "data");

    /// <summary>Gets what the stores of this folder have logged.</summary>
    public IReadOnlyCollection<string> Logged => _log.Lines;

    public string Database => In("exchange.db");

    public string In(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Returns a store on this folder, not yet open.</summary>
    public SqliteExchangeStore NewStore(Action<SqliteStorageOptions>? configure = null)
    {
        var options = new SqliteStorageOptions { DataDirectory = Path };
        configure?.Invoke(options);
        return new(Options.Create(options), _log);
    }

    /// <summary>Returns an open store on this folder.</summary>
    public async Task<SqliteExchangeStore> OpenStoreAsync(Action<SqliteStorageOptions>? configure = null)
    {
        var store = NewStore(configure);
        await store.OpenAsync(TestContext.Current.CancellationToken);
        return store;
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
