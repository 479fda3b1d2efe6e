using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies;

/// <summary>What the anomaly rules found.</summary>
/// <remarks>Safe from any thread.</remarks>
public interface IAlarmBook
{
    /// <summary>Lists alarms, newest first.</summary>
    Task<AuditAnswer<ListAlarmsResponse>> ListAsync(ListAlarmsRequest request, CancellationToken cancellationToken);

    /// <summary>Says what must be logged to close an alarm, under method <see cref="AuditMethods.AcknowledgeAlarm"/>.</summary>
    /// <returns>The act; refused when there is no such alarm. An alarm that was closed may be closed anew.</returns>
    Task<AuditAnswer<LoggedAct>> PrepareAsync(AcknowledgeAlarmRequest request, CancellationToken cancellationToken);
}
