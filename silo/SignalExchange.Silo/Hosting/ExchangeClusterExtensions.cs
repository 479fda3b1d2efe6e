using Orleans.Configuration;
using SignalExchange.Clustering;
using SignalExchange.Index;
using SignalExchange.Silo.Forwarding;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Hosting;

/// <summary>What an exchange of several silos has on top: for a storage that they share.</summary>
internal static class ExchangeClusterExtensions
{
    // A silo that is gone is given up after three of them; its shards are written to elsewhere a moment later.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Has silos confirm their membership, bring each other their commits, share the memory of used tokens, and answer each other's consoles.</summary>
    public static IHostApplicationBuilder AddExchangeCluster(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(ExchangeOptions.Section);
        builder.Services.AddOptions<StandingOptions>().Bind(section.GetSection("Cluster"));
        var isPod = section.GetValue<bool>($"Cluster:{nameof(SiloIdentityOptions.Kubernetes)}");
        return builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = ProbeTimeout;
                membership.NumMissedProbesLimit = 3;
                membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
                membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            });
            silo.AddClusterStanding();
            silo.AddIndexPropagation();
            silo.AddSharedReplayGuard();
            silo.AddForwarding();
            if (isPod)
            {
                silo.AddKubernetes();
            }
        });
    }
}
