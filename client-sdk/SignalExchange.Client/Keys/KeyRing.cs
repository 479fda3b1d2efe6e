using System.Collections.Frozen;
using SignalExchange.Client.Errors;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Keys;

/// <summary>The exchange's active keys, fetched once, checked against the pins, fetched again when the exchange says so.</summary>
internal sealed class KeyRing(ExchangeCalls calls, IKeyManifestPins pins) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile FrozenDictionary<IndicatorType, KeyCommitment>? _active;

    /// <summary>Returns the active key of a type.</summary>
    /// <exception cref="KeyPinMismatchException">The exchange shows another key than before.</exception>
    public async ValueTask<KeyCommitment> GetAsync(IndicatorType type, CancellationToken cancellationToken)
    {
        var active = _active ?? await FetchAsync(null, cancellationToken).ConfigureAwait(false);
        return active.TryGetValue(type, out var key)
            ? key
            : throw new SignalExchangeException($"The exchange has no active key for {type}.");
    }

    /// <summary>Fetches the keys again, unless somebody did since.</summary>
    /// <param name="stale">The key that the exchange refused.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task RefreshAsync(KeyCommitment stale, CancellationToken cancellationToken) =>
        await FetchAsync(stale, cancellationToken).ConfigureAwait(false);

    public void Dispose() => _gate.Dispose();

    private async Task<FrozenDictionary<IndicatorType, KeyCommitment>> FetchAsync(
        KeyCommitment? stale,
        CancellationToken cancellationToken
    )
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_active is { } fetched && (stale is null || !stale.Equals(fetched.GetValueOrDefault(stale.KeyId.Type))))
            {
                return fetched;
            }

            return _active = await FetchOnceAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<FrozenDictionary<IndicatorType, KeyCommitment>> FetchOnceAsync(
        CancellationToken cancellationToken
    )
    {
        var response = await calls.GetKeyManifestsAsync(cancellationToken).ConfigureAwait(false);
        var active = new Dictionary<IndicatorType, KeyCommitment>();
        foreach (var manifest in response.Manifests)
        {
            if (!await pins.MatchesAsync(manifest, cancellationToken).ConfigureAwait(false))
            {
                throw new KeyPinMismatchException(
                    $"The exchange shows another public key for {manifest.Type}, epoch {manifest.Epoch}, than before."
                );
            }

            if (manifest.State == KeyState.Active && KeyId.TryParse(manifest.KeyId, out var keyId))
            {
                active[manifest.Type] = new KeyCommitment(keyId, manifest.PublicKey.Memory);
            }
        }

        return active.ToFrozenDictionary();
    }
}
