using Microsoft.Extensions.Options;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.People;

/// <summary>Lets the same ledger decide as for an account, and writes as much.</summary>
/// <remarks>
/// The locks are in memory, and bounded: they keep a secret for as long as somebody guesses, and nothing breaks when they are lost. What is written is
/// the newest attempt's, so that the write takes its time and the storage does not grow.
/// </remarks>
internal sealed class UnknownNamesGrain(
    [PersistentState("unknown-names", NamedGrainStorage.ProviderName)] IPersistentState<PersonAccess> storage,
    IOptions<PersonOptions> options,
    TimeProvider clock
) : Grain, IUnknownNamesGrain
{
    private readonly UnknownNames _names = new();

    public async Task<AttemptReply> BeginAttempt(byte[] nameDigest)
    {
        var (next, retryAfter) = _names.Begin(nameDigest, options.Value, clock.GetUtcNow());
        if (next is null)
        {
            return new(null, retryAfter);
        }

        await storage.Replace(next, DeactivateOnIdle);
        return new(null);
    }
}
