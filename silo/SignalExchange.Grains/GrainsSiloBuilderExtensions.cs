using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using SignalExchange.Clustering;
using SignalExchange.Grains.Disputes;
using SignalExchange.Grains.People;
using SignalExchange.Grains.Placement;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.Rotation;
using SignalExchange.Grains.Shards;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.Templates;
using SignalExchange.Storage;

namespace SignalExchange.Grains;

/// <summary>Adds the exchange's grains and their storage to a silo.</summary>
public static class GrainsSiloBuilderExtensions
{
    // Ours and the engines', beside those of .NET and Azure. What a grain throws, or what kept it from being activated, must reach its caller on
    // another silo: of any other namespace, the innermost too, the caller gets a fault of the serializer instead.
    private static readonly string[] CrossingNamespaces = ["SignalExchange", "Npgsql"];

    /// <summary>Adds grain storage over the storage ports, which an engine must have registered.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>The same silo.</returns>
    public static ISiloBuilder AddExchangeGrains(this ISiloBuilder silo)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton(services => services.GetRequiredService<IShardStore>().Shards);
        silo.AddClusterView();
        silo.AddPlacementDirector<ShardPlacement, ShardPlacementDirector>();
        silo.Services.TryAddSingleton<ShardResidence>();
        silo.Services.TryAddScoped<ShardStay>();
        silo.Services.TryAddSingleton<IShardProgress, NoProgress>();
        silo.Services.TryAddSingleton<IShardAnnouncer, NoAnnouncer>();
        silo.Services.AddOptions<ShardOptions>().ValidateDataAnnotations().ValidateOnStart();
        silo.Services.Configure<ExceptionSerializationOptions>(exceptions =>
            exceptions.SupportedNamespacePrefixes.UnionWith(CrossingNamespaces)
        );
        silo.Services.TryAddSingleton<RotationSurvey>();
        silo.Services.AddMetrics();
        silo.Services.TryAddSingleton<ShardMetrics>();
        silo.Services.AddOptions<QuotaOptions>().ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddOptions<DisputeOptions>().ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddOptions<PersonOptions>().ValidateDataAnnotations().ValidateOnStart();
        silo.Services.TryAddSingleton<QuotaMetrics>();
        silo.Services.AddOptions<GrowthOptions>().ValidateDataAnnotations().ValidateOnStart();
        silo.Services.TryAddSingleton<ITemplateChangeReader, TemplateChangeReader>();
        silo.Services.AddGrainStorage<ShardGrainStorage>(
            ShardGrainStorage.ProviderName,
            (services, _) => ActivatorUtilities.CreateInstance<ShardGrainStorage>(services)
        );
        silo.Services.AddGrainStorage<NamedGrainStorage>(
            NamedGrainStorage.ProviderName,
            (services, _) => ActivatorUtilities.CreateInstance<NamedGrainStorage>(services)
        );
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ShardKeeper>());
        return silo;
    }
}
