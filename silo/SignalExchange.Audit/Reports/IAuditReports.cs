using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Reports;

/// <summary>Sums over the log, and who looked an indicator up.</summary>
/// <remarks>Safe from any thread.</remarks>
public interface IAuditReports
{
    /// <summary>Sums up what members did, month by month.</summary>
    Task<AuditAnswer<ReportUsageResponse>> UsageAsync(ReportUsageRequest request, CancellationToken cancellationToken);

    /// <summary>Lists who looked an indicator up, oldest first.</summary>
    Task<AuditAnswer<ReportLookupsResponse>> LookupsAsync(
        ReportLookupsRequest request,
        CancellationToken cancellationToken
    );
}
