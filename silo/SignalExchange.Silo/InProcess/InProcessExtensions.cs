using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections;
using SignalExchange.Silo.SignIn;

namespace SignalExchange.Silo.InProcess;

/// <summary>Adds the door by which this process calls its own services for people who are signed in, here or at another silo.</summary>
internal static class InProcessExtensions
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddInProcessCalls(this IServiceCollection services)
    {
        services.AddSingleton<MemoryTransport>();
        services.AddSingleton<IConnectionListenerFactory>(it => it.GetRequiredService<MemoryTransport>());
        services.AddSingleton<InProcessChannel>();
        services.AddSingleton<Sessions>();
        services
            .AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, PersonAuthenticationHandler>(
                PersonAuthenticationHandler.SchemeName,
                null
            );
        return services;
    }
}
