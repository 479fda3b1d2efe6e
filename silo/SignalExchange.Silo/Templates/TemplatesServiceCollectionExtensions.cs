using SignalExchange.Grains.Templates;
using SignalExchange.Index.Templates;

namespace SignalExchange.Silo.Templates;

/// <summary>Adds what answers about advertisements.</summary>
internal static class TemplatesServiceCollectionExtensions
{
    /// <summary>Adds it. The index of templates comes with that of tokens.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The section of templates.</param>
    public static IServiceCollection AddTemplates(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TemplateOptions>().Bind(configuration);
        services.AddOptions<GrowthOptions>().Bind(configuration.GetSection("Growth"));
        services.AddSingleton<TemplateNames>();
        services.AddSingleton<SketchReader>();
        return services;
    }
}
