using Microsoft.Extensions.Options;

namespace SignalExchange.Silo.Hosting;

/// <summary>Where the engine is chosen. It and <see cref="Archives.ArchiveEngines"/> are the only places that name them all.</summary>
internal static class StorageEngineExtensions
{
    private const string Section = ExchangeOptions.Section + ":Storage";

    /// <summary>Adds the engine's stores, and how its silos find each other.</summary>
    /// <exception cref="OptionsValidationException">There is no such engine.</exception>
    public static IHostApplicationBuilder AddStorageEngine(
        this IHostApplicationBuilder builder,
        ExchangeOptions options
    ) =>
        ReadEngine(builder.Configuration) switch
        {
            StorageEngine.Sqlite => builder.AddSqliteEngine(options),
            StorageEngine.Postgres => builder.AddPostgresEngine(
                options,
                builder.Configuration.GetSection($"{Section}:{nameof(StorageEngine.Postgres)}")
            ),
            StorageEngine.AzureStorage => builder.AddAzureStorageEngine(
                options,
                builder.Configuration.GetSection($"{Section}:{nameof(StorageEngine.AzureStorage)}")
            ),
            var engine => throw new ArgumentOutOfRangeException(
                nameof(builder),
                engine,
                "An engine that is not listed here."
            ),
        };

    /// <summary>Whether other silos may write to the engine's storage.</summary>
    public static bool SharesStorage(this IHostApplicationBuilder builder) =>
        ReadEngine(builder.Configuration) != StorageEngine.Sqlite;

    /// <summary>Reads which engine a section names.</summary>
    /// <exception cref="OptionsValidationException">There is no such engine.</exception>
    public static StorageEngine ReadEngine(IConfiguration configuration, string section = ExchangeOptions.Section)
    {
        var setting = $"{section}:Storage:Engine";
        var name = configuration[setting] ?? nameof(StorageEngine.Sqlite);
        return
            Enum.GetNames<StorageEngine>().Contains(name, StringComparer.OrdinalIgnoreCase)
            && Enum.TryParse<StorageEngine>(name, ignoreCase: true, out var engine)
            ? engine
            : throw new OptionsValidationException(
                setting,
                typeof(StorageEngine),
                [$"{setting} is '{name}'; it may be {string.Join(" or ", Enum.GetNames<StorageEngine>())}."]
            );
    }
}
