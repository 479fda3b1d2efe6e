using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Rotation;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Silo.Keys.Rotation;

/// <summary>A rotation in the hands of this silo: its progress, and the way to write it down.</summary>
/// <remarks>For one flow at a time.</remarks>
internal sealed class RotationSession(IGrainFactory grains, RotationClaim claim, TimeProvider clock)
{
    /// <summary>Gets how far it is; what is changed is written by the next <see cref="Save"/>.</summary>
    public RotationProgress Progress { get; } = claim.Progress;

    /// <summary>Gets the key that is rotated to.</summary>
    public KeyId To => IdOf(Progress.ToKeyId);

    /// <summary>Gets the key that is rotated from.</summary>
    public KeyId From => IdOf(Progress.FromKeyId);

    /// <summary>Gets how long it has been in its phase.</summary>
    public TimeSpan InPhase => clock.GetUtcNow() - Progress.PhaseSince.ToDateTimeOffset();

    /// <summary>Writes down how far it is.</summary>
    /// <exception cref="RotationLostException">Another silo has taken over.</exception>
    public async Task Save()
    {
        if (!await grains.GetGrain<IKeyRotationGrain>(Progress.ToKeyId).Save(claim.Fence, Progress))
        {
            throw new RotationLostException();
        }
    }

    /// <summary>Lets the way through the shards begin anew.</summary>
    public void BeginWay()
    {
        for (var shard = 0; shard < Progress.Sequences.Count; shard++)
        {
            Progress.Sequences[shard] = 0;
        }
    }

    /// <summary>Enters a phase.</summary>
    public Task Enter(RotationPhase phase)
    {
        Progress.Phase = phase;
        Progress.PhaseSince = clock.GetUtcNow().ToTimestamp();
        return Save();
    }

    /// <summary>Returns where the next batch is to be written; the first of this worker's is noted with the next <see cref="Save"/>.</summary>
    public IRotationBatchGrain NextBatch()
    {
        if (Progress.Runs.LastOrDefault()?.Fence != claim.Fence)
        {
            Progress.Runs.Add(new RotationRun { Fence = claim.Fence, FirstBatch = Progress.Batches });
        }

        return grains.BatchOf(Progress, Progress.Batches);
    }

    private static KeyId IdOf(string text) =>
        KeyId.TryParse(text, out var keyId) ? keyId : throw new FormatException("A rotation of no key.");
}
