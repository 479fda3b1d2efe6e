using Grpc.Core;
using SignalExchange.Audit;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Audit;

// Exports: asked for by an auditor, approved by an operator, recorded before the first byte leaves.
internal sealed partial class AuditGrpcService
{
    public override async Task<RequestExportResponse> RequestExport(
        RequestExportRequest request,
        ServerCallContext context
    )
    {
        RequireForm(request, request.Filter);
        var export = new ExportEntriesRequest { Filter = request.Filter, FileFormat = request.FileFormat };
        Answer(await exporter.PrepareAsync(export, context.CancellationToken));
        var reply = await registry.Act(new RegistryAct { ExportLog = request }, context);
        return new() { Approval = reply.Approval };
    }

    public override async Task ExportEntries(
        ExportEntriesRequest request,
        IServerStreamWriter<ExportEntriesResponse> responseStream,
        ServerCallContext context
    )
    {
        RequireForm(request, request.Filter);
        var approval = await RequireApproval(request, context);
        var export = Answer(await exporter.PrepareAsync(request, context.CancellationToken));
        var entry = CallEntry.Of(context);
        entry.SetCount(export.Entries);
        entry.AddChanges([
            new LogChange { Setting = AuditSettings.ExportApprovedBy, NewValue = approval?.DecidedBy ?? "" },
        ]);
        await foreach (var part in export.WriteAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(part, context.CancellationToken);
        }
    }

    private async Task<Approval?> RequireApproval(ExportEntriesRequest request, ServerCallContext context)
    {
        var asked = new RequestExportRequest { Filter = request.Filter, FileFormat = request.FileFormat };
        var reply = await registry.Registry.CheckExport(
            asked,
            request.ApprovalId.ToByteArray(),
            context.GetCaller().Thumbprint
        );
        return reply.Error is { } error ? throw Refusal.From(error).ToRpcException() : reply.Approval;
    }
}
