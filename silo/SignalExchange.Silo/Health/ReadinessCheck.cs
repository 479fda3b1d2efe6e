using Microsoft.Extensions.Diagnostics.HealthChecks;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Index;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Health;

/// <summary>Whether this silo may be sent calls: its index is complete, its copy of the registry current, its first second over.</summary>
internal sealed class ReadinessCheck(
    IndexStartup index,
    MemberDirectory members,
    ExchangeStart start,
    IAccessLogHealth log
) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(Reason is { } reason ? HealthCheckResult.Unhealthy(reason) : HealthCheckResult.Healthy());

    /// <summary>Gets why the silo is not ready; null when it is.</summary>
    public string? Reason =>
        (index.IsReady, members.IsCurrent, start.HasCome, log.Current.IsWritable) switch
        {
            (false, _, _, _) => "The index is being built.",
            (_, false, _, _) => "The registry of members could not be asked lately.",
            (_, _, false, _) => "Tokens are accepted from the next second on.",
            (_, _, _, false) => $"The access log cannot be written. {log.Current.Reason}",
            _ => null,
        };

    /// <summary>Gets each part that must be ready, and whether it is.</summary>
    public IEnumerable<(string Name, bool IsReady)> Parts =>
        [
            ("index", index.IsReady),
            ("registry", members.IsCurrent),
            ("start", start.HasCome),
            ("access_log", log.Current.IsWritable),
        ];
}
