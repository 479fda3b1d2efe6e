using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Members;

namespace SignalExchange.Silo.Tests.Keys;

/// <summary>What custodians may do, what they may not do alone, and what is recorded of it.</summary>
public sealed class KeyCustodyServiceTests : IAsyncLifetime
{
    private RotatingExchange? _rotating;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RotatingExchange Rotating => _rotating!;

    private KeyCustodyService.KeyCustodyServiceClient Custody => Rotating.Custody;

    public async ValueTask InitializeAsync() => _rotating = await RotatingExchange.Start();

    public ValueTask DisposeAsync() => Rotating.DisposeAsync();

    [Fact]
    public async Task Every_key_is_listed_with_its_state_and_an_announced_one_is_shown_to_no_member()
    {
        var before = Rotating.Exchange.Log.Size;
        var announced = await Announce(IndicatorType.Url);
        var again = await Announce(IndicatorType.Url);

        var listed = (await Custody.ListKeyEpochsAsync(new(), cancellationToken: Ct)).Keys;
        Assert.Equal(announced, again);
        Assert.Equal((2u, KeyState.Announced), (announced.Epoch, announced.State));
        Assert.Contains(announced, listed);
        Assert.Equal(10, listed.Count(key => key.State == KeyState.Active));
        var members = new Contracts.V1.KeyService.KeyServiceClient(
            Rotating.Exchange.InvokerFor(await Rotating.Exchange.AddMember("is-shown-keys"))
        );
        var shown = (await members.GetKeyManifestsAsync(new(), cancellationToken: Ct)).Manifests;
        Assert.DoesNotContain(announced.KeyId, shown.Select(key => key.KeyId));
        Assert.Equal(
            (ErrorReason.KeyUnknown, StatusCode.FailedPrecondition),
            await Refused(() =>
                members
                    .EvaluateAsync(new() { KeyId = announced.KeyId, BlindedElements = announced.PublicKey })
                    .ResponseAsync
            )
        );
        var entries = (await Rotating.Exchange.EntriesSince(before)).Where(it =>
            it.Method.EndsWith("/AnnounceKey", StringComparison.Ordinal)
        );
        Assert.All(entries, it => Assert.Equal(KeyRole.KeyCustodian, it.Actor.Role));
        Assert.Equal(
            [$"{announced.KeyId}/Announced", $"{announced.KeyId}/Announced"],
            entries.Select(it => it.Changes.Single(change => change.Setting == "key.state").NewValue)
        );
    }

    [Fact]
    public async Task What_cannot_be_rotated_is_refused_with_its_reason_and_recorded()
    {
        Assert.Equal(
            (ErrorReason.BandsKeyNotRotated, StatusCode.FailedPrecondition),
            await Refused(() => Announce(IndicatorType.AdTemplate))
        );
        var active = (await Custody.ListKeyEpochsAsync(new(), cancellationToken: Ct)).Keys[0].KeyId;
        Assert.Equal((ErrorReason.KeyNotAnnounced, StatusCode.FailedPrecondition), await Refused(() => Rotate(active)));
        Assert.Equal(
            (ErrorReason.KeyNotAnnounced, StatusCode.FailedPrecondition),
            await Refused(() => Rotate("email/99/0123456789abcdef"))
        );
        Assert.Equal((ErrorReason.FieldMalformed, StatusCode.InvalidArgument), await Refused(() => Rotate("email")));
        Assert.Equal(
            (ErrorReason.FieldMissing, StatusCode.InvalidArgument),
            await Refused(() => Announce(IndicatorType.Unspecified))
        );
        Assert.Equal(
            (ErrorReason.EnumUnknown, StatusCode.InvalidArgument),
            await Refused(() => Announce((IndicatorType)99))
        );
        Assert.Equal(
            (ErrorReason.RotationNotFound, StatusCode.NotFound),
            await Refused(() =>
                Custody.ExportRotation(new() { ToKeyId = active }, cancellationToken: Ct).ResponseStream.MoveNext(Ct)
            )
        );

        var to = await Rotating.Order(IndicatorType.Email);
        await Rotating.Until(to, RotationPhase.Overlap);
        var next = await Announce(IndicatorType.Email);
        Assert.Equal(
            (ErrorReason.RotationRunning, StatusCode.FailedPrecondition),
            await Refused(() => Rotate(next.KeyId))
        );
        Assert.NotNull((await Rotate(next.KeyId, isEmergency: true)).Pending);
    }

    [Fact]
    public async Task A_custodian_asks_and_an_operator_decides()
    {
        var announced = await Announce(IndicatorType.Iban);
        var before = Rotating.Exchange.Log.Size;
        var asked = await Rotate(announced.KeyId);
        var again = await Rotate(announced.KeyId);

        Assert.Equal(asked.Pending, again.Pending);
        Assert.Equal(
            (ApprovalAct.RotateKey, announced.KeyId, Rotating.Custodian.Thumbprint),
            (asked.Pending.Act, asked.Pending.KeyId, asked.Pending.RequestedBy)
        );
        var id = Consents.To(asked.Pending);
        var own = new ApprovalService.ApprovalServiceClient(Rotating.Exchange.InvokerFor(Rotating.Custodian));
        Assert.Equal(
            (ErrorReason.RoleNotAllowed, StatusCode.PermissionDenied),
            await Refused(() => own.ApproveActAsync(id, cancellationToken: Ct).ResponseAsync)
        );
        Assert.Equal(KeyState.Announced, await Rotating.StateOf(announced.KeyId));

        await Rotating.Approvals.RefuseActAsync(new() { ApprovalId = id.ApprovalId }, cancellationToken: Ct);
        Assert.Equal(
            (ErrorReason.ApprovalClosed, StatusCode.FailedPrecondition),
            await Refused(() => Rotating.Approvals.ApproveActAsync(id, cancellationToken: Ct).ResponseAsync)
        );
        Assert.Equal(KeyState.Announced, await Rotating.StateOf(announced.KeyId));

        // Asked for again, it waits again; approved, it is done.
        var second = await Rotate(announced.KeyId);
        Assert.NotEqual(id.ApprovalId, second.Pending.ApprovalId);
        await Rotating.Approvals.ApproveActAsync(Consents.To(second.Pending), cancellationToken: Ct);
        await Rotating.Until(announced.KeyId, RotationPhase.Overlap);
        Assert.Equal(RotationPhase.Overlap, (await Rotate(announced.KeyId)).Rotation.Phase);

        var changes = (await Rotating.Exchange.EntriesSince(before)).SelectMany(it => it.Changes).ToList();
        Assert.Contains(
            ("key.rotation", $"{announced.KeyId}/ordered"),
            changes.Select(it => (it.Setting, it.NewValue))
        );
        Assert.Contains(
            changes,
            it =>
                it.Setting == "approval.state"
                && it.NewValue.EndsWith($"RotateKey/Approved/{announced.KeyId}", StringComparison.Ordinal)
        );
    }

    private async Task<KeyManifest> Announce(IndicatorType type) =>
        (await Custody.AnnounceKeyAsync(new() { Type = type }, cancellationToken: Ct)).Key;

    private async Task<RotateKeyResponse> Rotate(string keyId, bool isEmergency = false) =>
        await Custody.RotateKeyAsync(new() { ToKeyId = keyId, Emergency = isEmergency }, cancellationToken: Ct);

    private Task<(ErrorReason Reason, StatusCode Code)> Refused(Func<Task> call) => Rotating.Exchange.Refusal(call);
}
