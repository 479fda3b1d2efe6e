using SignalExchange.Audit.Search;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Reports;

/// <inheritdoc cref="IAuditReports"/>
internal sealed class AuditReports(SearchDatabase database, PageTokenKey key) : IAuditReports
{
    private const uint MostPeriods = 24;

    // A page of usage ends at a month and a member: the member's number in the low bits, as names fit no token.
    private const int NameBits = 24;

    private readonly PageTokens _tokens = new(key);

    /// <inheritdoc/>
    public async Task<AuditAnswer<ReportUsageResponse>> UsageAsync(
        ReportUsageRequest request,
        CancellationToken cancellationToken
    )
    {
        var refusal =
            PageRequests.Read(_tokens, request, request.PageSize, request.PageToken, out var page)
            ?? CheckPeriods(request);
        return refusal is { } known
            ? known
            : await database.ReadAsync(it => Usage(it, request, page), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<AuditAnswer<ReportLookupsResponse>> LookupsAsync(
        ReportLookupsRequest request,
        CancellationToken cancellationToken
    )
    {
        var refusal =
            PageRequests.Read(_tokens, request, request.PageSize, request.PageToken, out var page)
            ?? FilterRules.CheckPseudonyms(request.Pseudonyms);
        return refusal is { } known
            ? known
            : await database.ReadAsync(it => Lookups(it, request, page), cancellationToken);
    }

    private static Refusal? CheckPeriods(ReportUsageRequest request)
    {
        if (request.LastPeriod < request.FirstPeriod)
        {
            return new(ErrorReason.AuditFilterInvalid, "last_period");
        }

        var periods = request.LastPeriod - request.FirstPeriod + 1L;
        return periods > MostPeriods ? new(ErrorReason.OutOfRange, "last_period", MostPeriods, periods) : null;
    }

    private ReportUsageResponse Usage(SearchConnection connection, ReportUsageRequest request, AuditPage page)
    {
        var usages = UsageRows.Page(connection, request, PositionOf(connection, page.After), page.Size + 1);
        return new()
        {
            Origin = database.Origin,
            Usages = { usages.Take(page.Size) },
            NextPageToken =
                usages.Count > page.Size ? _tokens.After(request, NumberOf(connection, usages[page.Size - 1])) : "",
        };
    }

    private static long NumberOf(SearchConnection connection, MemberUsage usage) =>
        ((long)usage.Period << NameBits) | (NameTable.Find(connection, usage.MemberId) ?? 0);

    private static (long Period, string Member) PositionOf(SearchConnection connection, long? after)
    {
        if (after is not { } number)
        {
            return (-1, "");
        }

        var name = connection["SELECT text FROM name WHERE id = ?1"]
            .Bind(1, number & FacetId.MaxValue)
            .All(row => row.Text(0));
        return (number >> NameBits, name.SingleOrDefault() ?? "");
    }

    private ReportLookupsResponse Lookups(SearchConnection connection, ReportLookupsRequest request, AuditPage page)
    {
        var places = SearchQuery
            .Of(connection, new() { Pseudonyms = request.Pseudonyms })
            .Page(page.After, isDescending: false, page.Size + 1);
        return new()
        {
            Origin = database.Origin,
            Lookups = { SummaryRows.Read(connection, places.Take(page.Size)).Select(Lookup) },
            NextPageToken = places.Count > page.Size ? _tokens.After(request, places[page.Size - 1]) : "",
        };
    }

    private static Lookup Lookup(EntrySummary entry) =>
        new()
        {
            Index = entry.Index,
            Time = entry.Time,
            MemberId = entry.MemberId,
            Method = entry.Method,
            Purpose = entry.Purpose,
        };
}
