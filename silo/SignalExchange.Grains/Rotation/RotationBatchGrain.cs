using Google.Protobuf;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Rotation;

/// <summary>Keeps one batch; in memory only as long as it is asked for.</summary>
internal sealed class RotationBatchGrain(
    [PersistentState("rotation-batch", NamedGrainStorage.ProviderName)] IPersistentState<RotationBatchState> storage
) : Grain, IRotationBatchGrain
{
    public async Task Put(byte[] batch)
    {
        storage.State = new RotationBatchState { Batch = ByteString.CopyFrom(batch) };
        DeactivateOnIdle();
        await storage.WriteStateAsync(CancellationToken.None);
    }

    public Task<byte[]> Get()
    {
        DeactivateOnIdle();
        return Task.FromResult(storage.State.Batch.ToByteArray());
    }

    public async Task Clear()
    {
        DeactivateOnIdle();
        if (storage.RecordExists)
        {
            await storage.ClearStateAsync(CancellationToken.None);
        }
    }
}
