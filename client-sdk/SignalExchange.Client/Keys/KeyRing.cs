using Microsoft.Extensions.Logging;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Telemetry;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Keys;

/// <summary>The exchange's keys: fetched when first needed, admitted by their pins, fetched again when the exchange refuses one.</summary>
/// <remarks>Safe from any thread; callers who need the keys at the same time share one fetch.</remarks>
internal sealed class KeyRing(
    Func<CancellationToken, Task<GetKeyManifestsResponse>> fetch,
    KeyPinGuard guard,
    ILogger log
) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile KeySet? _keys;

    /// <summary>Returns the active key of a type.</summary>
    /// <exception cref="SignalExchangeException">The exchange has none, or was not reached.</exception>
    /// <exception cref="KeyPinMismatchException">The exchange shows another key than before.</exception>
    public async ValueTask<KeyCommitment> GetActiveAsync(IndicatorType type, CancellationToken cancellationToken)
    {
        if (_keys?.ByType.GetValueOrDefault(type) is { } known)
        {
            return known;
        }

        var keys = await FetchAsync(keys => !keys.ByType.ContainsKey(type), cancellationToken).ConfigureAwait(false);
        return ActiveIn(keys, type);
    }

    /// <summary>Returns the active key of a type after the exchange refused one, fetching the keys again unless somebody did since.</summary>
    /// <param name="refused">The key that was refused.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<KeyCommitment> GetSuccessorAsync(KeyId refused, CancellationToken cancellationToken)
    {
        var keys = await FetchAsync(
                keys => keys.ByType.GetValueOrDefault(refused.Type)?.KeyId == refused,
                cancellationToken
            )
            .ConfigureAwait(false);
        return ActiveIn(keys, refused.Type);
    }

    /// <summary>Returns a key that was given out before.</summary>
    /// <exception cref="SignalExchangeException">It is in force no more: <see cref="ErrorReason.KeyRetired"/>.</exception>
    public KeyCommitment Find(KeyId keyId) =>
        _keys?.ById.GetValueOrDefault(keyId)
        ?? throw new SignalExchangeException(
            Grpc.Core.StatusCode.FailedPrecondition,
            new Refusal(ErrorReason.KeyRetired, "key_id"),
            trace: null,
            innerException: null
        );

    public void Dispose() => _gate.Dispose();

    private static KeyCommitment ActiveIn(KeySet keys, IndicatorType type) =>
        keys.ByType.GetValueOrDefault(type)
        ?? throw SignalExchangeException.Unfit($"The exchange has no active key for {type}.");

    private async Task<KeySet> FetchAsync(Func<KeySet, bool> isStale, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var known = _keys;
            if (known is not null && !isStale(known))
            {
                return known;
            }

            var keys = await FetchOnceAsync(cancellationToken).ConfigureAwait(false);
            _keys = keys;
            Tell(known, keys);
            return keys;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<KeySet> FetchOnceAsync(CancellationToken cancellationToken)
    {
        var response = await fetch(cancellationToken).ConfigureAwait(false);
        var keys = new List<(KeyCommitment, KeyState)>();
        foreach (var manifest in response.Manifests)
        {
            // A newer exchange may serve types that this version cannot make tokens of.
            if (IndicatorTypes.All.Contains(manifest.Type))
            {
                keys.Add((await guard.AdmitAsync(manifest, cancellationToken).ConfigureAwait(false), manifest.State));
            }
        }

        return KeySet.Of(keys);
    }

    private void Tell(KeySet? before, KeySet now)
    {
        ClientLog.KeysFetched(log, now.ById.Count, now.ByType.Count);
        foreach (var (type, key) in now.ByType)
        {
            if (before?.ByType.GetValueOrDefault(type) is { } old && old.KeyId != key.KeyId)
            {
                ClientLog.KeyRotated(log, type, key.KeyId.Epoch);
            }
        }
    }
}
