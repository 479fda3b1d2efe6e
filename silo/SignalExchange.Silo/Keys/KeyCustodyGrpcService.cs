using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Rotation;
using SignalExchange.Grains.StoredV1;
using SignalExchange.KeyService;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Keys.Rotation;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.Keys;

/// <summary>The keys' lives, for custodians; what proves a rotation, for auditors.</summary>
internal sealed class KeyCustodyGrpcService(
    IKeyCustody keys,
    RegistryCalls registry,
    MemberDirectory directory,
    IGrainFactory grains
) : KeyCustodyService.KeyCustodyServiceBase
{
    private const int MaxKeys = 1024;
    private const string ToField = "to_key_id";

    public override async Task<ListKeyEpochsResponse> ListKeyEpochs(
        ListKeyEpochsRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var all = await keys.ListAsync(context.CancellationToken);
        var newest = all.OrderByDescending(key => key.Epoch)
            .Take(MaxKeys)
            .OrderBy(key => key.Type)
            .ThenBy(key => key.Epoch);
        var rotations = await Task.WhenAll(directory.Rotations.Select(RotationOf));
        return new() { Keys = { newest }, Rotations = { rotations } };
    }

    public override async Task<AnnounceKeyResponse> AnnounceKey(AnnounceKeyRequest request, ServerCallContext context)
    {
        Require.Form(request);
        if (request.Type == IndicatorType.AdTemplate)
        {
            throw new Refusal(ErrorReason.BandsKeyNotRotated, "type").ToRpcException();
        }

        var key = await keys.AnnounceAsync(request.Type, CancellationToken.None);
        CallEntry
            .Of(context)
            .AddChanges([new LogChange { Setting = "key.state", NewValue = $"{key.KeyId}/{key.State}" }]);
        return new() { Key = key };
    }

    public override async Task<RotateKeyResponse> RotateKey(RotateKeyRequest request, ServerCallContext context)
    {
        Require.Form(request);
        if (directory.Rotations.FirstOrDefault(order => order.ToKeyId == request.ToKeyId) is { } ordered)
        {
            return new() { Rotation = await RotationOf(ordered) };
        }

        Require.Nothing(RefuseRotation(request, await keys.ListAsync(context.CancellationToken)));
        var reply = await registry.Act(new() { RotateKey = request }, context);
        return new() { Pending = reply.Approval };
    }

    public override async Task ExportRotation(
        ExportRotationRequest request,
        IServerStreamWriter<ExportRotationResponse> responseStream,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var progress = await grains.GetGrain<IKeyRotationGrain>(request.ToKeyId).Read();
        if (progress is null || progress.Root.IsEmpty)
        {
            throw new Refusal(ErrorReason.RotationNotFound, ToField).ToRpcException();
        }

        var all = await keys.ListAsync(context.CancellationToken);
        var header = new RotationHeader
        {
            From = all.Single(key => key.KeyId == progress.FromKeyId),
            To = all.Single(key => key.KeyId == progress.ToKeyId),
            Rotation = Shown(progress),
        };
        CallEntry.Of(context).SetCount((long)progress.Batches);
        await responseStream.WriteAsync(new() { Header = header }, context.CancellationToken);
        await foreach (var batch in grains.ReadAll(progress, context.CancellationToken))
        {
            var part = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(batch);
            await responseStream.WriteAsync(new() { Batch = part }, context.CancellationToken);
        }
    }

    private static Refusal? RefuseRotation(RotateKeyRequest request, IReadOnlyList<KeyManifest> all)
    {
        if (all.FirstOrDefault(key => key.KeyId == request.ToKeyId) is not { State: KeyState.Announced } to)
        {
            return new Refusal(ErrorReason.KeyNotAnnounced, ToField);
        }

        var isUnderWay = all.Any(key =>
            key.Type == to.Type
            && (
                key.State is KeyState.Incoming or KeyState.Ready
                || (!request.Emergency && key.State is KeyState.Retiring or KeyState.Retired)
            )
        );
        return isUnderWay ? new Refusal(ErrorReason.RotationRunning, ToField) : null;
    }

    private async Task<KeyRotation> RotationOf(KeyRotationOrder order) =>
        await grains.GetGrain<IKeyRotationGrain>(order.ToKeyId).Read() is { } progress
            ? Shown(progress)
            : new()
            {
                ToKeyId = order.ToKeyId,
                Emergency = order.Emergency,
                OrderedAt = order.OrderedAt,
                Phase = RotationPhase.Ordered,
            };

    private static KeyRotation Shown(RotationProgress progress) =>
        new()
        {
            FromKeyId = progress.FromKeyId,
            ToKeyId = progress.ToKeyId,
            Emergency = progress.Emergency,
            Phase = progress.Phase,
            Rows = progress.Rows,
            Batches = progress.Batches,
            Root = progress.Root,
            OrderedAt = progress.OrderedAt,
        };
}
