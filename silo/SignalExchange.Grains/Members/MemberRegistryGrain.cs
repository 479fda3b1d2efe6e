using Google.Protobuf;
using SignalExchange.Clustering;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.People;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>Holds the registry, lets the rules beside it decide, writes before it answers, and tells those who wait.</summary>
internal sealed class MemberRegistryGrain(
    [PersistentState("members", NamedGrainStorage.ProviderName)] IPersistentState<RegistryState> storage,
    TimeProvider clock,
    ClusterStanding? standing = null
) : Grain, IMemberRegistryGrain
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StandingStep = TimeSpan.FromMilliseconds(50);

    private TaskCompletionSource _changed = NewSignal();

    // What was written last. storage.State is ahead of it while a write is under way, and calls may interleave then.
    private RegistryState _written = new();

    // What waits, as it was shown at a version: whoever lists it has every act that waits tried on the registry.
    private (long Version, Approval[] Approvals) _shown = (-1, []);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _written = storage.State;
        return Task.CompletedTask;
    }

    public Task<RegistryReply> Bootstrap(byte[] publicKey) =>
        Apply(MemberRules.Bootstrap(_written, ByteString.CopyFrom(publicKey), clock.GetUtcNow()));

    public Task<RegistryReply> Invite(InviteMemberRequest request, byte[] code) =>
        Apply(EnrolmentRules.Invite(_written, request, code, clock.GetUtcNow()));

    public Task<RegistryReply> Enrol(EnrolMemberRequest request) =>
        Apply(EnrolmentRules.Enrol(_written, request, clock.GetUtcNow()));

    public Task<RegistryReply> Act(RegistryAct act, string operatorKey)
    {
        var now = clock.GetUtcNow();
        var step = FourEyes.Request(_written, act, operatorKey, now);
        return Apply(KeyHistories.Count(step, _written, act, operatorKey, now));
    }

    public Task<RegistryReply> Approve(Consent consent) =>
        Apply(FourEyes.Approve(_written, consent, clock.GetUtcNow()));

    public Task<RegistryReply> Refuse(byte[] approvalId, string operatorKey) =>
        Apply(FourEyes.Refuse(_written, ByteString.CopyFrom(approvalId), operatorKey, clock.GetUtcNow()));

    public Task<RegistryReply> CheckExport(RequestExportRequest export, byte[] approvalId, string auditorKey) =>
        Apply(ExportRules.Check(_written, export, ByteString.CopyFrom(approvalId), auditorKey, clock.GetUtcNow()));

    public Task<bool> HasCode(string accountId, byte[] codeDigest) =>
        Task.FromResult(
            _written.FindPerson(accountId) is { } record
                && PersonCodes.IsGood(record, ByteString.CopyFrom(codeDigest), clock.GetUtcNow())
        );

    public Task<RegistryReply> RedeemCode(string accountId, byte[] codeDigest, byte[] credentialId) =>
        Apply(
            PersonCodes.Redeem(
                _written,
                accountId,
                ByteString.CopyFrom(codeDigest),
                ByteString.CopyFrom(credentialId),
                clock.GetUtcNow()
            )
        );

    public Task<RegistryReply> GiveCodeByServer(string login, string newAccountId, byte[] codeDigest) =>
        Apply(
            PersonCodes.GiveByServer(_written, login, newAccountId, ByteString.CopyFrom(codeDigest), clock.GetUtcNow())
        );

    public Task<RegistryReply> RecordProviderPerson(Person person) =>
        Apply(ProviderRules.Record(_written, person, clock.GetUtcNow()));

    public Task<Approval[]> Approvals()
    {
        var now = clock.GetUtcNow();
        if (_shown.Version != _written.Version)
        {
            _shown = (
                _written.Version,
                [.. _written.Requested.Reverse().Select(asked => FourEyes.Shown(_written, asked, now))]
            );
        }

        return Task.FromResult<Approval[]>([.. _shown.Approvals.Select(it => FourEyes.At(it, now))]);
    }

    public Task<int> PendingApprovals()
    {
        var now = clock.GetUtcNow();
        return Task.FromResult(
            _written.Requested.Count(it => FourEyes.StateAt(it.Approval, now) == ApprovalState.Pending)
        );
    }

    public async Task<RegistrySnapshot?> WaitForChange(long knownVersion, CancellationToken cancellationToken)
    {
        if (_written.Version <= knownVersion)
        {
            await Task.WhenAny(_changed.Task, Task.Delay(LongestWait, clock, cancellationToken));
        }

        await AwaitStanding(cancellationToken);

        return _written.Version > knownVersion
            ? new(
                _written.Version,
                [.. _written.Members],
                [.. _written.Groups],
                _written.Policy ?? new(),
                [.. _written.Holds],
                [.. _written.Rotations],
                [.. _written.People]
            )
            : null;
    }

    // On a silo that the others gave up, this registry has a successor, which may know of a newer version.
    private async Task AwaitStanding(CancellationToken cancellationToken)
    {
        for (var since = clock.GetTimestamp(); standing is { Holds: false }; )
        {
            if (clock.GetElapsedTime(since) >= LongestWait)
            {
                throw new SiloUnavailableException(
                    "The registry's silo does not know whether it still is a member of the cluster. Ask again."
                );
            }

            await Task.Delay(StandingStep, clock, cancellationToken);
        }
    }

    private async Task<RegistryReply> Apply(RegistryStep step)
    {
        LogChange[]? changes = null;
        if (step.Next is { } next)
        {
            if (await storage.TryReplace(next, DeactivateOnIdle) is { } failure)
            {
                return new(_written.Version, new Refusal(failure).ToItemError());
            }

            changes = [.. RegistryChanges.Between(_written, next)];
            _written = next;
            Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
        }

        return new(
            _written.Version,
            step.Refusal?.ToItemError(),
            step.Member,
            step.Group,
            step.Approval,
            changes,
            step.Person
        );
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
