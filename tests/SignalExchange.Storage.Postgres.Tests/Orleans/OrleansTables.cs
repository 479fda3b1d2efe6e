using Microsoft.Extensions.Options;
using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres.Tests.Orleans;

/// <summary>A database with the tables that Orleans' ADO.NET providers use, and connections to it.</summary>
internal sealed class OrleansTables : IAsyncDisposable
{
    private readonly CleanDatabases _databases;
    private readonly string _database;
    private readonly PostgresConnections _connections;

    private OrleansTables(CleanDatabases databases, string database)
    {
        (_databases, _database) = (databases, database);
        _connections = new(Options.Create(new PostgresStorageOptions { ConnectionString = database }));
    }

    public System.Data.Common.DbDataSource Source => _connections.Source;

    public static async Task<OrleansTables> CreateAsync(CleanDatabases databases, CancellationToken cancellationToken)
    {
        var database = await databases.RentAsync(cancellationToken);
        await using var store = PostgresStorageUnderTest.NewStore(database);
        await store.OpenAsync(cancellationToken);
        return new(databases, database);
    }

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        await _databases.ReturnAsync(_database);
    }
}
