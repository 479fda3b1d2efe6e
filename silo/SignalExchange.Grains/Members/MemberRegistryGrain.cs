using Google.Protobuf;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>Holds the registry, lets <see cref="MemberRegistry"/> decide, writes before it answers, and tells those who wait.</summary>
internal sealed class MemberRegistryGrain(
    [PersistentState("members", NamedGrainStorage.ProviderName)] IPersistentState<RegistryState> storage,
    TimeProvider clock
) : Grain, IMemberRegistryGrain
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private TaskCompletionSource _changed = NewSignal();

    // What was written last. storage.State is ahead of it while a write is under way, and calls may interleave then.
    private RegistryState _written = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _written = storage.State;
        return Task.CompletedTask;
    }

    public Task<RegistryReply> Bootstrap(byte[] publicKey) =>
        Apply(MemberRegistry.Bootstrap(_written, ByteString.CopyFrom(publicKey), clock.GetUtcNow()));

    public Task<RegistryReply> Add(string memberId, string[] groups, byte[] publicKey) =>
        Apply(MemberRegistry.Add(_written, memberId, groups, ByteString.CopyFrom(publicKey), clock.GetUtcNow()));

    public Task<RegistryReply> SetState(string memberId, MemberState state) =>
        Apply(MemberRegistry.SetState(_written, memberId, state));

    public Task<RegistryReply> AddKey(string memberId, byte[] publicKey, KeyRole role) =>
        Apply(MemberRegistry.AddKey(_written, memberId, ByteString.CopyFrom(publicKey), role, clock.GetUtcNow()));

    public Task<RegistryReply> RevokeKey(string memberId, string thumbprint) =>
        Apply(MemberRegistry.RevokeKey(_written, memberId, thumbprint, clock.GetUtcNow()));

    public async Task<RegistrySnapshot?> WaitForChange(long knownVersion, CancellationToken cancellationToken)
    {
        if (_written.Version <= knownVersion)
        {
            await Task.WhenAny(_changed.Task, Task.Delay(LongestWait, clock, cancellationToken));
        }

        return _written.Version > knownVersion ? new(_written.Version, [.. _written.Members]) : null;
    }

    private async Task<RegistryReply> Apply(RegistryStep step)
    {
        if (step.Next is { } next)
        {
            if (await Write(next) is { } failure)
            {
                return new(null, _written.Version, new Refusal(failure).ToItemError());
            }

            _written = next;
            Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
        }

        return new(step.Member, _written.Version, step.Refusal?.ToItemError());
    }

    private async Task<ErrorReason?> Write(RegistryState next)
    {
        storage.State = next;
        try
        {
            await storage.WriteStateAsync(CancellationToken.None);
            return null;
        }
        catch (StateWriteException failure)
        {
            storage.State = _written;
            if (failure.LeavesStateUnknown)
            {
                DeactivateOnIdle();
            }

            return failure.Reason;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
