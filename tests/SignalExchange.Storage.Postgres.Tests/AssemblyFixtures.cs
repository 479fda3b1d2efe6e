using SignalExchange.Storage.Postgres.Tests;

[assembly: AssemblyFixture(typeof(CleanDatabases))]
