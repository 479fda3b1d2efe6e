using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Reports;

/// <summary>Reads sums, which were kept up to date as entries came.</summary>
internal static class UsageRows
{
    private const string Months = """
        SELECT DISTINCT period, member FROM usage
        WHERE (period, member) > (?1, ?2) AND period BETWEEN ?3 AND ?4 AND (?5 = '' OR member = ?5)
        ORDER BY period, member LIMIT ?6
        """;

    private const string Lines = """
        SELECT purpose, reason, sum(calls), sum(asked), sum(hits), sum(refused), sum(refused_calls) FROM usage
        WHERE period = ?1 AND member = ?2 GROUP BY purpose, reason ORDER BY purpose, reason
        """;

    /// <summary>Returns members' months, by month and member.</summary>
    /// <param name="connection">A reader.</param>
    /// <param name="request">Which.</param>
    /// <param name="after">The one shown last: month and member.</param>
    /// <param name="count">How many.</param>
    public static List<MemberUsage> Page(
        SearchConnection connection,
        ReportUsageRequest request,
        (long Period, string Member) after,
        int count
    ) =>
        [
            .. connection[Months]
                .Bind(1, after.Period)
                .Bind(2, after.Member)
                .Bind(3, request.FirstPeriod)
                .Bind(4, request.LastPeriod)
                .Bind(5, request.MemberId)
                .Bind(6, count)
                .All(row => (Period: row.Int64(0), Member: row.Text(1)))
                .Select(it => Sum(connection, it.Period, it.Member)),
        ];

    private static MemberUsage Sum(SearchConnection connection, long period, string member)
    {
        var refusedCalls = 0L;
        var usage = new MemberUsage { MemberId = member, Period = (uint)period };
        usage.Lines.Add(
            connection[Lines]
                .Bind(1, period)
                .Bind(2, member)
                .All(row =>
                {
                    refusedCalls += row.Int64(6);
                    return Line(row);
                })
        );
        usage.Calls = Total(usage, it => it.Calls);
        usage.Asked = Total(usage, it => it.Asked);
        usage.Hits = Total(usage, it => it.Hits);
        usage.RefusedCalls = (ulong)refusedCalls;
        return usage;
    }

    private static UsageLine Line(Statement row) =>
        new()
        {
            Purpose = (CheckPurpose)row.Int64(0),
            Reason = (ErrorReason)row.Int64(1),
            Calls = (ulong)row.Int64(2),
            Asked = (ulong)row.Int64(3),
            Hits = (ulong)row.Int64(4),
            Refused = (ulong)row.Int64(5),
        };

    private static ulong Total(MemberUsage usage, Func<UsageLine, ulong> of) =>
        usage.Lines.Aggregate(0UL, (sum, line) => sum + of(line));
}
