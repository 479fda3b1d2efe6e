using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Census;

/// <summary>Lets one silo at a time count, and keeps what it found.</summary>
internal sealed class SignalCensusGrain(
    [PersistentState("census", NamedGrainStorage.ProviderName)] IPersistentState<CensusState> storage,
    TimeProvider clock
) : Grain, ISignalCensusGrain
{
    // A census that took long is taken less often: counting never costs more than a twentieth of a core.
    private const int RestFactor = 19;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    private string _silo = "";
    private long _heardAt;

    public Task<bool> Claim(string silo, TimeSpan interval)
    {
        var isMine = _silo == silo;
        var isFree = _silo.Length == 0 || clock.GetElapsedTime(_heardAt) > LongestSilence;
        if (!isMine && !(isFree && IsDue(interval)))
        {
            return Task.FromResult(false);
        }

        (_silo, _heardAt) = (silo, clock.GetTimestamp());
        return Task.FromResult(true);
    }

    public async Task Report(SignalCensus census)
    {
        _silo = "";
        storage.State.Census = census;
        await storage.WriteStateAsync(CancellationToken.None);
    }

    public Task<SignalCensus?> Newest() => Task.FromResult<SignalCensus?>(storage.State.Census);

    private bool IsDue(TimeSpan interval)
    {
        if (storage.State.Census is not { } newest)
        {
            return true;
        }

        var rest = TimeSpan.FromMilliseconds(newest.TookMilliseconds * RestFactor);
        return clock.GetUtcNow() - newest.TakenAt.ToDateTimeOffset() >= (rest > interval ? rest : interval);
    }
}
