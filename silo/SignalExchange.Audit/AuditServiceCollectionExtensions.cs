using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Anomalies;
using SignalExchange.Audit.Export;
using SignalExchange.Audit.Reports;
using SignalExchange.Audit.Reviews;
using SignalExchange.Audit.Search;

namespace SignalExchange.Audit;

/// <summary>Registers what auditors do with the log.</summary>
public static class AuditServiceCollectionExtensions
{
    /// <summary>
    /// Adds the search index and its follower, the rules, reviews, reports and exports. Needs an <see cref="IAccessLogReader"/>; exports
    /// also need an <see cref="ICheckpointSource"/> and an <see cref="IExportSigner"/>.
    /// </summary>
    /// <param name="services">The silo's services.</param>
    /// <returns>The same services. Adding twice adds nothing.</returns>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddOptions<SearchOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<AnomalyOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ExportOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PageTokenKey>();
        services.TryAddSingleton<AuditMetrics>();
        services.TryAddSingleton<SearchDatabase>();
        services.TryAddSingleton<SearchIndexer>();
        services.TryAddSingleton<SearchFollower>();
        services.TryAddSingleton<ISearchFollower>(it => it.GetRequiredService<SearchFollower>());
        services.TryAddSingleton<IAuditSearch, AuditSearch>();
        services.TryAddSingleton<IAuditReports, AuditReports>();
        services.TryAddSingleton<IReviewBook, ReviewBook>();
        services.TryAddSingleton<IAlarmBook, AlarmBook>();
        services.TryAddSingleton<IExporter, Exporter>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IHostedService, SearchFollower>(it => it.GetRequiredService<SearchFollower>())
        );
        return services;
    }
}
