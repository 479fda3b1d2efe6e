using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies;

/// <summary>Alarms in the search index, and the marks that they leave on entries.</summary>
internal sealed class AlarmTable(SearchConnection connection, FacetWriter facets)
{
    private const string Insert = """
        INSERT OR IGNORE INTO alarm (id, rule, member, state, last, message) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """;

    private const string Mark = """
        INSERT INTO mark (idx, anomalies, disposition) VALUES (?1, ?2, 0)
        ON CONFLICT DO UPDATE SET anomalies = anomalies | excluded.anomalies
        """;

    /// <summary>Records a finding.</summary>
    public void Raise(AnomalyRule rule, string subject, AuditedEntry entry, Finding finding)
    {
        var alarm = new Alarm
        {
            AlarmId = AlarmId.Of(rule, subject, entry.Index),
            Rule = rule,
            MemberId = entry.Actor.MemberId,
            KeyThumbprint = finding.IsAboutKey ? entry.Actor.KeyThumbprint : "",
            Time = EntryTime.ToTimestamp(entry.Time),
            FirstIndex = (ulong)finding.First,
            LastIndex = (ulong)entry.Index,
            Measured = finding.Measured,
            Threshold = finding.Threshold,
            Indexes = { finding.Indexes.Select(it => (ulong)it) },
            State = AlarmState.Open,
        };
        Write(connection[Insert], alarm).Run();
        foreach (var index in finding.Indexes)
        {
            connection[Mark].Bind(1, index).Bind(2, 1L << (int)rule).Run();
            facets.Set(Facet.Anomaly, (long)rule, index);
        }
    }

    /// <summary>Closes an alarm, as an entry of the log says; an alarm that is not there stays so.</summary>
    public void Acknowledge(ReadOnlySpan<byte> id, ReviewDisposition disposition, long byIndex)
    {
        if (AlarmRows.Find(connection, id) is { } alarm)
        {
            alarm.State = AlarmState.Acknowledged;
            alarm.Disposition = disposition;
            alarm.AcknowledgedByIndex = (ulong)byIndex;
            Write(
                    connection[
                        "UPDATE alarm SET rule = ?2, member = ?3, state = ?4, last = ?5, message = ?6 WHERE id = ?1"
                    ],
                    alarm
                )
                .Run();
        }
    }

    private static Statement Write(Statement statement, Alarm alarm) =>
        statement
            .Bind(1, alarm.AlarmId.Span)
            .Bind(2, (long)alarm.Rule)
            .Bind(3, alarm.MemberId)
            .Bind(4, (long)alarm.State)
            .Bind(5, (long)alarm.LastIndex)
            .Bind(6, Google.Protobuf.MessageExtensions.ToByteArray(alarm));
}
