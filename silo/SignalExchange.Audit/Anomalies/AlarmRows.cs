using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies;

/// <summary>Reads alarms.</summary>
internal static class AlarmRows
{
    // Absent conditions are NULL. Alarms are few: thousands, where entries are millions.
    private const string Newest = """
        SELECT seq, message FROM alarm
        WHERE seq < ?1 AND (?2 IS NULL OR rule = ?2) AND (?3 = '' OR member = ?3) AND (?4 IS NULL OR state = ?4)
        ORDER BY seq DESC LIMIT ?5
        """;

    /// <summary>Returns the alarm of an id; null when there is none.</summary>
    public static Alarm? Find(SearchConnection connection, ReadOnlySpan<byte> id) =>
        connection["SELECT message FROM alarm WHERE id = ?1"]
            .Bind(1, id)
            .All(row => Alarm.Parser.ParseFrom(row.Blob(0)))
            .SingleOrDefault();

    /// <summary>Returns alarms, newest first.</summary>
    /// <param name="connection">A reader.</param>
    /// <param name="request">Which.</param>
    /// <param name="before">The sequence of the last one shown.</param>
    /// <param name="count">How many.</param>
    public static List<(long Sequence, Alarm Alarm)> Page(
        SearchConnection connection,
        ListAlarmsRequest request,
        long before,
        int count
    ) =>
        connection[Newest]
            .Bind(1, before)
            .Bind(2, NullIfNone((long)request.Rule))
            .Bind(3, request.MemberId)
            .Bind(4, NullIfNone((long)request.State))
            .Bind(5, count)
            .All(row => (row.Int64(0), Alarm.Parser.ParseFrom(row.Blob(1))));

    /// <summary>Returns how many alarms are open, by rule; a rule that is absent has none.</summary>
    public static Dictionary<AnomalyRule, long> CountOpen(SearchConnection connection) =>
        connection["SELECT rule, count(*) FROM alarm WHERE state = ?1 GROUP BY rule"]
            .Bind(1, (long)AlarmState.Open)
            .All(row => (Rule: (AnomalyRule)row.Int64(0), Count: row.Int64(1)))
            .ToDictionary(it => it.Rule, it => it.Count);

    private static long? NullIfNone(long value) => value == 0 ? null : value;
}
