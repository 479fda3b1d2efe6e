using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SignalExchange.Storage.Postgres;
using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Silo.Hosting;

/// <summary>The engine on PostgreSQL: data, membership and reminders in one database that all silos share.</summary>
internal static class PostgresEngine
{
    // The ADO.NET providers' name for Npgsql.
    private const string Invariant = "Npgsql";

    /// <summary>Adds the stores on the database, and a cluster whose silos find each other there.</summary>
    public static IHostApplicationBuilder AddPostgresEngine(
        this IHostApplicationBuilder builder,
        ExchangeOptions options,
        IConfigurationSection section
    )
    {
        builder.Services.AddPostgresStorage(storage =>
        {
            section.Bind(storage);
            storage.ShardCount = options.ShardCount;
        });
        builder.Services.AddSiloIdentity();
        return builder.UseOrleans(silo =>
        {
            silo.UseAdoNetClustering(
                static (OptionsBuilder<AdoNetClusteringSiloOptions> clustering) =>
                    clustering.Configure<PostgresConnections>(
                        static (it, database) => (it.Invariant, it.DataSource) = (Invariant, database.Source)
                    )
            );
            silo.UseAdoNetReminderService(
                static (OptionsBuilder<AdoNetReminderTableOptions> reminders) =>
                    reminders.Configure<PostgresConnections>(
                        static (it, database) => (it.Invariant, it.DataSource) = (Invariant, database.Source)
                    )
            );
        });
    }
}
