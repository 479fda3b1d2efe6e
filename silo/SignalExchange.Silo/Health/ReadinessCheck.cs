using Microsoft.Extensions.Diagnostics.HealthChecks;
using SignalExchange.Index;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.Health;

/// <summary>Whether this silo may be sent calls: its index is complete and its copy of the registry is current.</summary>
internal sealed class ReadinessCheck(IndexStartup index, MemberDirectory members) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(
            (index.IsReady, members.IsCurrent) switch
            {
                (true, true) => HealthCheckResult.Healthy(),
                (false, _) => HealthCheckResult.Unhealthy("The index is being built."),
                _ => HealthCheckResult.Unhealthy("The registry of members could not be asked lately."),
            }
        );
}
