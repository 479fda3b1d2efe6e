using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Keys.Rotation;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Keys;

/// <summary>Where the VOPRF keys are in their lives, as the key service said lately: what every batch's key id is held against.</summary>
/// <remarks>
/// Safe from any thread. An unknown key id does not make it ask again before its time, so nobody can make it ask often. A copy that is too old
/// and cannot be renewed fails the call.
/// </remarks>
internal sealed class KeyDirectory(IKeyCustody keys, IOptions<RotationOptions> options, TimeProvider clock)
{
    private volatile KeyCopy? _copy;

    /// <summary>Finds a key.</summary>
    public async ValueTask<KnownVoprfKey> Find(KeyId keyId, CancellationToken cancellationToken)
    {
        var copy = _copy;
        if (copy is null || clock.GetElapsedTime(copy.ReadAt) > options.Value.SilosFollowWithin)
        {
            _copy = copy = await Read(cancellationToken);
        }

        return copy.Keys.TryGetValue(keyId, out var key) ? key : new(keyId, KeyState.Unspecified, null);
    }

    /// <summary>Finds a key, and refuses one that is not in force.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="forSubmission">Submissions need an active key; checks and withdrawals may use a retiring one.</param>
    /// <param name="cancellationToken">Ends the wait for the key service.</param>
    public async ValueTask<KnownVoprfKey> RequireInForce(
        KeyId keyId,
        bool forSubmission,
        CancellationToken cancellationToken
    )
    {
        var key = await Find(keyId, cancellationToken);
        return key.State switch
        {
            // READY: other silos may know already that the key is in force.
            KeyState.Active or KeyState.Ready => key,
            KeyState.Retiring when !forSubmission => key,
            KeyState.Retiring or KeyState.Retired or KeyState.Destroyed => throw new Refusal(
                ErrorReason.KeyRetired,
                "key_id"
            ).ToRpcException(),
            _ => throw new Refusal(ErrorReason.KeyUnknown, "key_id").ToRpcException(),
        };
    }

    private async Task<KeyCopy> Read(CancellationToken cancellationToken)
    {
        var readAt = clock.GetTimestamp();
        var all = await keys.ListAsync(cancellationToken);
        var known = all.Select(key => new KnownVoprfKey(IdOf(key.KeyId), key.State, PairOf(key, all)));
        return new(readAt, known.ToFrozenDictionary(key => key.KeyId));
    }

    private static RotationPair? PairOf(KeyManifest key, IReadOnlyList<KeyManifest> all)
    {
        var newer = IsNewerOfPair(key, all) ? key : all.FirstOrDefault(it => it.PrevKeyId == key.KeyId);
        return newer is not null && IsNewerOfPair(newer, all)
            ? new(CommitmentOf(all.Single(it => it.KeyId == newer.PrevKeyId)), CommitmentOf(newer))
            : null;
    }

    private static bool IsNewerOfPair(KeyManifest key, IReadOnlyList<KeyManifest> all) =>
        key.State is KeyState.Incoming or KeyState.Ready
        || (
            key is { State: KeyState.Active, PrevKeyId.Length: > 0 }
            && all.Any(it => it.KeyId == key.PrevKeyId && it.State == KeyState.Retiring)
        );

    private static KeyCommitment CommitmentOf(KeyManifest key) => new(IdOf(key.KeyId), key.PublicKey.Memory);

    private static KeyId IdOf(string text) =>
        KeyId.TryParse(text, out var keyId) ? keyId : throw new FormatException("The key service named no key.");

    private sealed record KeyCopy(long ReadAt, FrozenDictionary<KeyId, KnownVoprfKey> Keys);
}
