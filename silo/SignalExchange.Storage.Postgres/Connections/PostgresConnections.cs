using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace SignalExchange.Storage.Postgres.Connections;

/// <summary>Connections to the exchange's database for others than its stores: Orleans' membership and reminders.</summary>
/// <remarks>Safe from any thread. The tables are there once the stores were opened.</remarks>
public sealed class PostgresConnections : IAsyncDisposable
{
    private const string ApplicationName = "SignalExchange cluster";

    // Membership is read and written by one silo at a time, now and then; reminders are few.
    private const int MaxConnections = 8;

    private readonly Lazy<NpgsqlDataSource> _source;

    /// <summary>Creates the connections; none is opened before it is needed.</summary>
    /// <param name="options">The settings.</param>
    public PostgresConnections(IOptions<PostgresStorageOptions> options) => _source = new(() => Create(options.Value));

    /// <summary>Gets the source of connections.</summary>
    /// <exception cref="StorageFormatException">The settings can't be used.</exception>
    public DbDataSource Source => _source.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_source.IsValueCreated)
        {
            await _source.Value.DisposeAsync();
        }
    }

    private static NpgsqlDataSource Create(PostgresStorageOptions options)
    {
        var settings = ConnectionSettings.Read(options);
        settings.ApplicationName = ApplicationName;
        settings.MaxPoolSize = MaxConnections;
        return NpgsqlDataSource.Create(settings);
    }
}
