using Grpc.Core;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit;
using SignalExchange.Audit.Anomalies;
using SignalExchange.Audit.Export;
using SignalExchange.Audit.Reports;
using SignalExchange.Audit.Reviews;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.Audit;

/// <summary>What auditors do with the access log. One file a subject: finding and judging here, proofs and exports beside it.</summary>
/// <remarks>A review is its own entry: the act is what the log says, and the books are made from it.</remarks>
internal sealed partial class AuditGrpcService(
    IAuditSearch search,
    IAuditReports reports,
    IReviewBook reviews,
    IAlarmBook alarms,
    IExporter exporter,
    IAccessLogReader reader,
    IAccessLogProver prover,
    ICheckpointSource checkpoints,
    ManifestSigner manifests,
    LogInspection inspection,
    RegistryCalls registry,
    IOptions<AccessLogOptions> log
) : AuditService.AuditServiceBase
{
    public override async Task<SearchEntriesResponse> SearchEntries(
        SearchEntriesRequest request,
        ServerCallContext context
    )
    {
        RequireForm(request, request.Filter);
        return Answer(await search.SearchAsync(request, context.CancellationToken));
    }

    public override async Task<GetEntryResponse> GetEntry(GetEntryRequest request, ServerCallContext context)
    {
        Require.Form(request);
        return Answer(await search.GetAsync(request, context.CancellationToken));
    }

    public override async Task<ReportUsageResponse> ReportUsage(ReportUsageRequest request, ServerCallContext context)
    {
        Require.Form(request);
        return Answer(await reports.UsageAsync(request, context.CancellationToken));
    }

    public override async Task<ReportLookupsResponse> ReportLookups(
        ReportLookupsRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        return Answer(await reports.LookupsAsync(request, context.CancellationToken));
    }

    public override async Task<ReviewEntriesResponse> ReviewEntries(
        ReviewEntriesRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var act = Answer(await reviews.PrepareAsync(request, context.CancellationToken));
        var response = new ReviewEntriesResponse();
        Record(act, context, place => response.Index = place);
        return response;
    }

    public override async Task<ListReviewsResponse> ListReviews(ListReviewsRequest request, ServerCallContext context)
    {
        Require.Form(request);
        return Answer(await reviews.ListAsync(request, context.CancellationToken));
    }

    public override async Task<ListAlarmsResponse> ListAlarms(ListAlarmsRequest request, ServerCallContext context)
    {
        Require.Form(request);
        return Answer(await alarms.ListAsync(request, context.CancellationToken));
    }

    public override async Task<AcknowledgeAlarmResponse> AcknowledgeAlarm(
        AcknowledgeAlarmRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var act = Answer(await alarms.PrepareAsync(request, context.CancellationToken));
        var response = new AcknowledgeAlarmResponse();
        Record(act, context, place => response.Index = place);
        return response;
    }

    private static void Record(LoggedAct act, ServerCallContext context, Action<ulong> setPlace)
    {
        var entry = CallEntry.Of(context);
        entry.AddChanges(act.Changes);
        entry.WhenWritten = receipt => setPlace(receipt.Index);
    }

    private static void RequireForm(Google.Protobuf.IMessage request, EntryFilter? filter)
    {
        Require.Form(request);
        if (filter is not null && MessageForms.Check(filter) is { } malformed)
        {
            throw malformed.Within("filter").ToRpcException();
        }
    }

    private static T Answer<T>(AuditAnswer<T> answer)
        where T : class => answer.IsRefused ? throw answer.Refusal.Value.ToRpcException() : answer.Value;
}
