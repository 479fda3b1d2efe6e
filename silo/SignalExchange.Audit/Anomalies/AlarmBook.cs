using SignalExchange.Audit.Reviews;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies;

/// <inheritdoc cref="IAlarmBook"/>
internal sealed class AlarmBook(SearchDatabase database, PageTokenKey key) : IAlarmBook
{
    private readonly PageTokens _tokens = new(key);

    /// <inheritdoc/>
    public async Task<AuditAnswer<ListAlarmsResponse>> ListAsync(
        ListAlarmsRequest request,
        CancellationToken cancellationToken
    ) =>
        PageRequests.Read(_tokens, request, request.PageSize, request.PageToken, out var page) is { } refusal
            ? refusal
            : await database.ReadAsync(it => List(it, request, page), cancellationToken);

    /// <inheritdoc/>
    public async Task<AuditAnswer<LoggedAct>> PrepareAsync(
        AcknowledgeAlarmRequest request,
        CancellationToken cancellationToken
    )
    {
        if (MessageForms.Check(request) is { } refusal)
        {
            return refusal;
        }

        var alarm = await database.ReadAsync(it => AlarmRows.Find(it, request.AlarmId.Span), cancellationToken);
        return alarm is null
            ? new Refusal(ErrorReason.AlarmNotFound, "alarm_id")
            : new LoggedAct(ReviewChanges.Write(request.AlarmId.Span, request.Disposition));
    }

    private ListAlarmsResponse List(SearchConnection connection, ListAlarmsRequest request, AuditPage page)
    {
        var alarms = AlarmRows.Page(connection, request, page.After ?? long.MaxValue, page.Size + 1);
        return new()
        {
            Origin = database.Origin,
            Alarms = { alarms.Take(page.Size).Select(it => it.Alarm) },
            NextPageToken = alarms.Count > page.Size ? _tokens.After(request, alarms[page.Size - 1].Sequence) : "",
        };
    }
}
