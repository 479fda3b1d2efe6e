using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Messaging;
using SignalExchange.Storage.Azure;

namespace SignalExchange.Membership.Azure;

/// <summary>Registers how silos, and clients of their cluster, find each other in Azure Tables.</summary>
/// <remarks>The table is in the first account of the storage that <c>AddAzureStorage</c> registers.</remarks>
public static class AzureMembershipServiceCollectionExtensions
{
    /// <summary>Adds the membership of silos.</summary>
    /// <param name="services">A silo's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAzureMembership(this IServiceCollection services)
    {
        services.TryAddSingleton<AzureConnections>();
        services.TryAddSingleton<IMembershipTable, AzureMembershipTable>();
        return services;
    }

    /// <summary>Adds the list of silos that take clients.</summary>
    /// <param name="services">The services of a client of the cluster that is no silo.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAzureGateways(this IServiceCollection services)
    {
        services.TryAddSingleton<AzureConnections>();
        services.TryAddSingleton<IGatewayListProvider, AzureGatewayList>();
        return services;
    }
}
