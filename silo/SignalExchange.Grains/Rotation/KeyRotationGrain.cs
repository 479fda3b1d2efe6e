using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Rotation;

/// <summary>Keeps a rotation's progress, and one worker at a time at it.</summary>
internal sealed class KeyRotationGrain(
    [PersistentState("key-rotation", NamedGrainStorage.ProviderName)] IPersistentState<RotationState> storage,
    TimeProvider clock
) : Grain, IKeyRotationGrain
{
    private static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(30);

    // What was written last; storage.State is ahead of it while a write is under way.
    private RotationState _written = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _written = storage.State;
        return Task.CompletedTask;
    }

    public async Task<RotationClaim?> Claim(string holder, RotationProgress order)
    {
        var isHeld = _written.HeldUntil?.ToDateTimeOffset() > clock.GetUtcNow();
        if (isHeld && _written.Holder != holder)
        {
            return null;
        }

        var next = _written.Clone();
        next.Progress ??= Begun(order);
        next.Fence++;
        next.Holder = holder;
        await Write(next);
        return new(_written.Fence, _written.Progress.Clone());
    }

    public async Task<bool> Save(long fence, RotationProgress progress)
    {
        if (fence != _written.Fence)
        {
            return false;
        }

        var next = _written.Clone();
        next.Progress = progress;
        await Write(next);
        return true;
    }

    public Task<RotationProgress?> Read() => Task.FromResult(_written.Progress?.Clone());

    private RotationProgress Begun(RotationProgress order)
    {
        var begun = order.Clone();
        begun.Phase = RotationPhase.Ordered;
        begun.PhaseSince = clock.GetUtcNow().ToTimestamp();
        return begun;
    }

    private async Task Write(RotationState next)
    {
        next.HeldUntil = (clock.GetUtcNow() + HoldTime).ToTimestamp();
        await storage.Replace(next, DeactivateOnIdle);
        _written = next;
    }
}
