using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Census;

/// <summary>Keeps what a census found.</summary>
internal sealed class OwnSignalsGrain(
    [PersistentState("own-signals", NamedGrainStorage.ProviderName)] IPersistentState<OwnSignalsState> storage
) : Grain, IOwnSignalsGrain
{
    public Task Report(OwnSignalsState found)
    {
        storage.State = found;
        return storage.WriteStateAsync(CancellationToken.None);
    }

    public Task<OwnSignalsState> Read() => Task.FromResult(storage.State);
}
