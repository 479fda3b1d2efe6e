using SignalExchange.Audit;
using SignalExchange.Audit.Anomalies;
using SignalExchange.Audit.Export;
using SignalExchange.Audit.Search;
using SignalExchange.KeyService;
using SignalExchange.Silo.AccessLog;

namespace SignalExchange.Silo.Audit;

/// <summary>Adds what auditors do with the log to the host.</summary>
internal static class AuditHostExtensions
{
    /// <summary>Adds search, rules, reviews, reports and exports over this silo's log.</summary>
    public static IServiceCollection AddAuditors(
        this IServiceCollection services,
        string dataDirectory,
        IConfiguration configuration
    )
    {
        services
            .AddOptions<SearchOptions>()
            .Configure(search => search.File = Path.Combine(dataDirectory, "log", "search.db"))
            .Bind(configuration.GetSection("Search"));
        services.AddOptions<AnomalyOptions>().Bind(configuration.GetSection("Anomalies"));
        services.AddOptions<ExportOptions>().Bind(configuration.GetSection("Export"));
        services.AddSingleton(it => new PageTokenKey(
            it.GetRequiredService<IExchangeSecrets>().Derive("audit-pages/1"u8)
        ));
        services.AddSingleton<ICheckpointSource, PublishedCheckpoints>();
        services.AddSingleton<ManifestSigner>();
        services.AddSingleton<LogInspection>();
        services.AddSingleton<IExportSigner>(it => it.GetRequiredService<ManifestSigner>());
        services.AddAudit();
        services.AddSingleton<RetentionKeeper>();
        services.AddHostedService(it => it.GetRequiredService<RetentionKeeper>());
        return services;
    }
}
