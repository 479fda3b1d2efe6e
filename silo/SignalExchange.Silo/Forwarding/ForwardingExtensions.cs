namespace SignalExchange.Silo.Forwarding;

/// <summary>Adds what lets any silo's console show every silo's access log.</summary>
internal static class ForwardingExtensions
{
    /// <summary>Adds it. Needs the view of the cluster, and calls within the process.</summary>
    public static ISiloBuilder AddForwarding(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<ForwardedCalls>();
        silo.Services.AddSingleton<ForwardClient>();
        silo.Services.AddSingleton<ClusterAccessLogs>();
        silo.Services.AddHostedService(provider => provider.GetRequiredService<ClusterAccessLogs>());
        return silo.AddGrainService<ForwardService>();
    }
}
