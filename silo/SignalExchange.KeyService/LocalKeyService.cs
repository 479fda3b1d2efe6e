using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Evaluations;
using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService;

/// <summary>The key service within the exchange: keys in a folder of its own, or one that all silos share; cores of this process.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class LocalKeyService(KeyStore store, BatchWork work, TimeProvider time) : IKeyService
{
    private const string KeyIdField = "key_id";

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeyManifest>> GetManifestsAsync(CancellationToken cancellationToken)
    {
        store.Follow();
        return Task.FromResult<IReadOnlyList<KeyManifest>>([
            .. from record in store.Records
            let manifest = record.ToManifest(time.GetUtcNow())
            where manifest.State is KeyState.Active or KeyState.Retiring
            select manifest,
        ]);
    }

    /// <inheritdoc/>
    public async Task<EvaluateOutcome> EvaluateAsync(
        KeyId keyId,
        ReadOnlyMemory<byte> blindedElements,
        CancellationToken cancellationToken
    )
    {
        if (BatchWork.RefuseLength(blindedElements.Length) is { } badLength)
        {
            return EvaluateOutcome.Refused(badLength);
        }

        var record = store.Records.FirstOrDefault(record => record.KeyId == keyId);
        return record?.Term.StateAt(time.GetUtcNow()) switch
        {
            // READY: another silo may know already that the key is in force.
            KeyState.Active or KeyState.Retiring or KeyState.Ready => await work.RunAsync(
                blindedElements,
                record.Key!.TryEvaluate,
                cancellationToken
            ),
            KeyState.Retired or KeyState.Destroyed => EvaluateOutcome.Refused(new(ErrorReason.KeyRetired, KeyIdField)),
            _ => EvaluateOutcome.Refused(new(ErrorReason.KeyUnknown, KeyIdField)),
        };
    }
}
