using System.Collections.Frozen;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Keys;

/// <summary>Which VOPRF keys are in force, as the key service said lately: what every batch's key id is held against.</summary>
/// <remarks>Safe from any thread. An unknown key id does not make it ask again before its time, so nobody can make it ask often.</remarks>
internal sealed class KeyDirectory(IKeyService keys, TimeProvider clock)
{
    private static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(5);

    private volatile KeyCopy? _copy;

    /// <summary>Returns whether a key is in force.</summary>
    /// <returns>The state; <see cref="KeyState.Unspecified"/> for a key that is not.</returns>
    public async ValueTask<KeyState> StateOf(KeyId keyId, CancellationToken cancellationToken)
    {
        var copy = _copy;
        if (copy is null || clock.GetElapsedTime(copy.ReadAt) > LongestAge)
        {
            _copy = copy = await Read(cancellationToken);
        }

        return copy.States.GetValueOrDefault(keyId.ToString());
    }

    /// <summary>Refuses a key that is not in force.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="forSubmission">Submissions need an active key; checks may use a retiring one.</param>
    /// <param name="cancellationToken">Ends the wait for the key service.</param>
    public async ValueTask RequireInForce(KeyId keyId, bool forSubmission, CancellationToken cancellationToken)
    {
        var state = await StateOf(keyId, cancellationToken);
        if (state == KeyState.Retiring && forSubmission)
        {
            throw new Refusal(ErrorReason.KeyRetired, "key_id").ToRpcException();
        }

        if (state is not (KeyState.Active or KeyState.Retiring))
        {
            throw new Refusal(ErrorReason.KeyUnknown, "key_id").ToRpcException();
        }
    }

    private async Task<KeyCopy> Read(CancellationToken cancellationToken)
    {
        var readAt = clock.GetTimestamp();
        var manifests = await keys.GetManifestsAsync(cancellationToken);
        return new(readAt, manifests.ToFrozenDictionary(key => key.KeyId, key => key.State, StringComparer.Ordinal));
    }

    private sealed record KeyCopy(long ReadAt, FrozenDictionary<string, KeyState> States);
}
