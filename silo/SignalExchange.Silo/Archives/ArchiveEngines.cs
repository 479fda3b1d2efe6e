using SignalExchange.Silo.Hosting;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Azure;
using SignalExchange.Storage.Azure.Archives;
using SignalExchange.Storage.Postgres;
using SignalExchange.Storage.Postgres.Archives;
using SignalExchange.Storage.Sqlite.Archives;

namespace SignalExchange.Silo.Archives;

/// <summary>Finds the storage that settings name, to be read or filled as a whole.</summary>
/// <remarks>Beside <see cref="StorageEngineExtensions"/> the only place that names the engines.</remarks>
internal static class ArchiveEngines
{
    /// <summary>Returns what reads the storage that the settings name.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="section"><c>Exchange</c>, or one of the same shape.</param>
    /// <param name="isAlone">Whether no silo may use it meanwhile.</param>
    public static IArchiveSource SourceOf(IConfiguration configuration, string section, bool isAlone) =>
        StorageEngineExtensions.ReadEngine(configuration, section) switch
        {
            StorageEngine.Sqlite => new SqliteArchiveSource(
                DataDirectoryOf(configuration, section),
                LogFolderOf(configuration, section),
                isAlone
            ),
            StorageEngine.Postgres => new PostgresArchiveSource(PostgresOf(configuration, section), isAlone),
            StorageEngine.AzureStorage => new AzureArchiveSource(AzureOf(configuration, section), isAlone),
            var engine => throw NotListed(engine),
        };

    /// <summary>Returns what fills the storage that the settings name.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="section"><c>Exchange</c>, or one of the same shape.</param>
    public static IArchiveTarget TargetOf(IConfiguration configuration, string section) =>
        StorageEngineExtensions.ReadEngine(configuration, section) switch
        {
            StorageEngine.Sqlite => new SqliteArchiveTarget(
                DataDirectoryOf(configuration, section),
                LogFolderOf(configuration, section)
            ),
            StorageEngine.Postgres => new PostgresArchiveTarget(PostgresOf(configuration, section)),
            StorageEngine.AzureStorage => new AzureArchiveTarget(AzureOf(configuration, section)),
            var engine => throw NotListed(engine),
        };

    private static string DataDirectoryOf(IConfiguration configuration, string section) =>
        configuration[$"{section}:{nameof(ExchangeOptions.DataDirectory)}"] ?? new ExchangeOptions().DataDirectory;

    private static string LogFolderOf(IConfiguration configuration, string section) =>
        configuration[$"{section}:AccessLog:Folder"] ?? Path.Combine(DataDirectoryOf(configuration, section), "log");

    private static PostgresStorageOptions PostgresOf(IConfiguration configuration, string section) =>
        configuration.GetSection($"{section}:Storage:{nameof(StorageEngine.Postgres)}").Get<PostgresStorageOptions>()
        ?? new();

    private static AzureStorageOptions AzureOf(IConfiguration configuration, string section)
    {
        var options = new AzureStorageOptions();
        configuration.GetSection($"{section}:Storage:{nameof(StorageEngine.AzureStorage)}").Bind(options);
        options.ServiceId =
            configuration[$"{section}:Cluster:{nameof(SiloIdentityOptions.ServiceId)}"]
            ?? new SiloIdentityOptions().ServiceId;
        return options;
    }

    private static ArgumentOutOfRangeException NotListed(StorageEngine engine) =>
        new(nameof(engine), engine, "An engine that is not listed here.");
}
