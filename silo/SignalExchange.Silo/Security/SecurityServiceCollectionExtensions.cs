using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SignalExchange.Silo.Security.Replays;

namespace SignalExchange.Silo.Security;

/// <summary>Adds authentication by members' tokens and authorisation by role.</summary>
internal static class SecurityServiceCollectionExtensions
{
    /// <summary>Adds them; every endpoint that does not allow anonymous callers is behind both.</summary>
    public static IServiceCollection AddCallerSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SecurityOptions>().Bind(configuration).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecurityOptions>, SecurityOptionsValidator>();
        services.AddSingleton<UsedTokens>();
        services.TryAddSingleton<IReplayGuard, LocalReplayGuard>();
        services.AddSingleton<MemberCertificateValidator>();
        services.AddSingleton<MemberTokenValidator>();
        services.AddSingleton<IAuthorizationHandler, MethodRoleHandler>();
        // ASP.NET Core's authentication brings data protection along; the console has its own (MasterKeyProtection), so no keys are stored.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services
            .AddAuthentication(DoorScheme.SchemeName)
            .AddPolicyScheme(
                DoorScheme.SchemeName,
                null,
                static scheme => scheme.ForwardDefaultSelector = DoorScheme.Choose
            )
            .AddScheme<AuthenticationSchemeOptions, MemberAuthenticationHandler>(
                MemberAuthenticationHandler.SchemeName,
                null
            );
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(
                new AuthorizationPolicyBuilder()
                    .RequireAuthenticatedUser()
                    .AddRequirements(new MethodRoleRequirement())
                    .Build()
            );
        return services;
    }

    /// <summary>Has silos share the memory of used tokens. Needs the cluster's standing.</summary>
    public static ISiloBuilder AddSharedReplayGuard(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<OwnedReplays>();
        silo.Services.AddSingleton<ReplayClient>();
        silo.Services.AddSingleton<ClusterReplayGuard>();
        silo.Services.AddHostedService(provider => provider.GetRequiredService<ClusterReplayGuard>());
        silo.Services.Replace(
            ServiceDescriptor.Singleton<IReplayGuard>(provider => provider.GetRequiredService<ClusterReplayGuard>())
        );
        return silo.AddGrainService<ReplayService>();
    }
}
