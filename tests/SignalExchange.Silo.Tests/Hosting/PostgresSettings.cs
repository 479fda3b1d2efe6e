using System.Globalization;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>What a silo is told that keeps its data in PostgreSQL.</summary>
internal static class PostgresSettings
{
    public static IEnumerable<string> Of(string connectionString) =>
        [
            "--Exchange:Storage:Engine",
            "Postgres",
            "--Exchange:Storage:Postgres:ConnectionString",
            connectionString,
            "--Exchange:SiloPort",
            FreePort.Find().ToString(CultureInfo.InvariantCulture),
            "--Exchange:Signals:FreshnessWait",
            "00:00:10",
        ];
}
