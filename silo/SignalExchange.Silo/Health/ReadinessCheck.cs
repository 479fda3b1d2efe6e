using Microsoft.Extensions.Diagnostics.HealthChecks;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;
using SignalExchange.Index;
using SignalExchange.Index.Freshness;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Security.Replays;

namespace SignalExchange.Silo.Health;

/// <summary>Whether this silo may be sent calls: its index is complete, its copy of the registry current, its first second over.</summary>
internal sealed class ReadinessCheck(
    IndexStartup index,
    MemberDirectory members,
    IndexFreshness freshness,
    IReplayGuard replays,
    IAccessLogHealth log
) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(Reason is { } reason ? HealthCheckResult.Unhealthy(reason) : HealthCheckResult.Healthy());

    /// <summary>Gets whether the silo is ready, and why not.</summary>
    public SiloCondition Condition =>
        !(index.IsReady && freshness.IsProven) ? SiloCondition.IndexBuilding
        : !members.IsCurrent ? SiloCondition.RegistrySilent
        : !replays.IsReady ? SiloCondition.Starting
        : !log.Current.IsWritable ? SiloCondition.LogUnwritable
        : SiloCondition.Ready;

    /// <summary>Gets why the silo is not ready; null when it is.</summary>
    public string? Reason =>
        Condition switch
        {
            SiloCondition.IndexBuilding =>
                "The index is being built, or could not be compared with the storage lately.",
            SiloCondition.RegistrySilent => "The registry of members could not be asked lately.",
            SiloCondition.Starting => "Tokens are accepted from one of the next seconds on.",
            SiloCondition.LogUnwritable => $"The access log cannot be written. {log.Current.Reason}",
            _ => null,
        };

    /// <summary>Gets each part that must be ready, and whether it is.</summary>
    public IEnumerable<(string Name, bool IsReady)> Parts =>
        [
            ("index", index.IsReady && freshness.IsProven),
            ("registry", members.IsCurrent),
            ("start", replays.IsReady),
            ("access_log", log.Current.IsWritable),
        ];
}
