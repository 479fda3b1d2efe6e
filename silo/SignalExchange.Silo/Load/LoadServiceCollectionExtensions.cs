namespace SignalExchange.Silo.Load;

/// <summary>Adds what turns work away before there is too much of it.</summary>
internal static class LoadServiceCollectionExtensions
{
    /// <summary>Adds the gate; <see cref="LoadInterceptor"/> stands among the interceptors.</summary>
    public static IServiceCollection AddLoadLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LoadOptions>().Bind(configuration).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CallGate>();
        services.AddSingleton<HeldBytesByParty>();
        return services;
    }
}
