using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Keys.Rotation;

namespace SignalExchange.Silo.Keys;

/// <summary>Adds what the host knows of VOPRF keys, and the job that rotates them.</summary>
internal static class KeysServiceCollectionExtensions
{
    /// <summary>Adds it to a host that has the key service.</summary>
    public static IServiceCollection AddKeyRotation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RotationOptions>().Bind(configuration).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KeyDirectory>();
        services.AddSingleton<ReKeyer>();
        services.AddSingleton<RotationCopy>();
        services.AddSingleton<RotationClearing>();
        services.AddSingleton<RotationRecorder>();
        services.AddSingleton<RotationWorker>();
        services.AddHostedService<KeyRecords>();
        services.AddHostedService<RotationWatch>();
        return services;
    }
}
