using Microsoft.Extensions.Diagnostics.HealthChecks;
using SignalExchange.Index;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Health;

/// <summary>Whether this silo may be sent calls: its index is complete, its copy of the registry current, its first second over.</summary>
internal sealed class ReadinessCheck(IndexStartup index, MemberDirectory members, ExchangeStart start) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(Reason is { } reason ? HealthCheckResult.Unhealthy(reason) : HealthCheckResult.Healthy());

    /// <summary>Gets why the silo is not ready; null when it is.</summary>
    public string? Reason =>
        (index.IsReady, members.IsCurrent, start.HasCome) switch
        {
            (false, _, _) => "The index is being built.",
            (_, false, _) => "The registry of members could not be asked lately.",
            (_, _, false) => "Tokens are accepted from the next second on.",
            _ => null,
        };
}
