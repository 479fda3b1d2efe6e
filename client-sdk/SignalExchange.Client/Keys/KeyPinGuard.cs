using Microsoft.Extensions.Logging;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Telemetry;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Keys;

/// <summary>Lets a key in only if its manifest is consistent with itself, with the keys pinned by hand and with those seen before.</summary>
/// <param name="pins">What was seen before.</param>
/// <param name="pinnedKeys">Keys that the platform learned by another way.</param>
/// <param name="log">Where mismatches are told.</param>
internal sealed class KeyPinGuard(IKeyManifestPins pins, IEnumerable<KeyCommitment> pinnedKeys, ILogger log)
{
    private readonly Dictionary<(IndicatorType, uint), KeyCommitment> _pinned = pinnedKeys.ToDictionary(key =>
        (key.KeyId.Type, key.KeyId.Epoch)
    );

    /// <summary>Admits a key.</summary>
    /// <exception cref="SignalExchangeException">The manifest contradicts itself.</exception>
    /// <exception cref="KeyPinMismatchException">Another key is pinned for its type and epoch.</exception>
    public async ValueTask<KeyCommitment> AdmitAsync(KeyManifest manifest, CancellationToken cancellationToken)
    {
        var key = Read(manifest);
        var isPinnedByHand = _pinned.TryGetValue((manifest.Type, manifest.Epoch), out var pinned);
        if (
            (isPinnedByHand && !key.Equals(pinned))
            || !await pins.MatchesAsync(manifest, cancellationToken).ConfigureAwait(false)
        )
        {
            ClientLog.PinMismatch(log, manifest.Type, manifest.Epoch);
            throw new KeyPinMismatchException(
                $"The exchange shows another public key for {manifest.Type}, epoch {manifest.Epoch}, than the one that is "
                    + $"pinned{(isPinnedByHand ? " in the options" : "")}. No token is made under it. Tell its operators."
            );
        }

        return key;
    }

    // Pins go by type and epoch, tokens by the key id: a manifest in which the two differ would slip past its pin.
    private static KeyCommitment Read(KeyManifest manifest)
    {
        if (
            !KeyId.TryParse(manifest.KeyId, out var keyId)
            || keyId.Type != manifest.Type
            || keyId.Epoch != manifest.Epoch
        )
        {
            throw SignalExchangeException.Unfit(
                $"The exchange's key manifest for {manifest.Type}, epoch {manifest.Epoch}, has a key id of something else."
            );
        }

        try
        {
            return new KeyCommitment(keyId, manifest.PublicKey.Memory);
        }
        catch (ArgumentException problem)
        {
            throw SignalExchangeException.Unfit($"The exchange's key manifest is not sound: {problem.Message}");
        }
    }
}
