namespace SignalExchange.TestKit.Postgres;

/// <summary>One server for all tests of an assembly: <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private int _databases;
    private PostgresServer? _server;

    public PostgresServer Server => _server ?? throw new InvalidOperationException("The server is not running.");

    public async ValueTask InitializeAsync() =>
        _server = await PostgresServer.StartNewAsync(TestContext.Current.CancellationToken);

    /// <summary>Makes a new, empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await Server.CreateDatabaseAsync(name, cancellationToken);
        return Server.ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
