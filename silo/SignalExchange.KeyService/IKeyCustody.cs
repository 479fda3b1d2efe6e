using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Evaluations;

namespace SignalExchange.KeyService;

/// <summary>The keys' lives, for custodians and for the job that rotates them: from announced to destroyed.</summary>
/// <remarks>
/// <code>
/// ANNOUNCED -> INCOMING -> READY -> ACTIVE -> RETIRING -> RETIRED -> DESTROYED
/// </code>
/// Each step is on the disk when it returns, happens once and may be repeated. Whether a step may be taken now, as for the index, is the job's to
/// know: this side never sees a token. Safe from any thread.
/// </remarks>
public interface IKeyCustody
{
    /// <summary>Lists every key, ordered by type and epoch. The messages are the caller's own.</summary>
    Task<IReadOnlyList<KeyManifest>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Makes the next key of a type, or returns the one that is announced already.</summary>
    Task<KeyManifest> AnnounceAsync(IndicatorType type, CancellationToken cancellationToken);

    /// <summary>Begins a rotation: the announced key is INCOMING from now on, behind the one that is ACTIVE.</summary>
    /// <returns>Why not: <c>KEY_NOT_ANNOUNCED</c>, or <c>ROTATION_RUNNING</c> while another key of its type is on its way in or out.</returns>
    Task<Refusal?> BeginAsync(KeyId to, CancellationToken cancellationToken);

    /// <summary>Takes note that all that is stored has been re-keyed: the key is READY.</summary>
    Task CompleteAsync(KeyId to, CancellationToken cancellationToken);

    /// <summary>Puts a READY key in force, and its predecessor into RETIRING, in one step.</summary>
    /// <param name="to">The key.</param>
    /// <param name="root">The root of what proves its rotation, 32 bytes.</param>
    /// <param name="overlap">How long checks may use its predecessor.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task SwitchAsync(KeyId to, ReadOnlyMemory<byte> root, TimeSpan overlap, CancellationToken cancellationToken);

    /// <summary>Ends the overlap of a RETIRING key now: for an emergency.</summary>
    Task EndOverlapAsync(KeyId retiring, CancellationToken cancellationToken);

    /// <summary>Destroys the secret of a RETIRED key. What is known of it in public stays.</summary>
    Task DestroyAsync(KeyId retired, CancellationToken cancellationToken);

    /// <summary>Re-keys blinded elements from one key to its neighbour, with one proof for all of them; all or nothing.</summary>
    /// <param name="from">The key that they are of.</param>
    /// <param name="to">The key that follows it, or that it follows, while the one is on its way in or the other on its way out.</param>
    /// <param name="blindedElements">1 to <see cref="Limits.MaxEvaluateBatch"/> packed elements, not changed during the call.</param>
    /// <param name="cancellationToken">Ends the wait for a place.</param>
    /// <returns>The elements and their proof (<see cref="Tokens.Rotation.BlindedElements"/> verifies it), or why there are none.</returns>
    Task<EvaluateOutcome> ReKeyAsync(
        KeyId from,
        KeyId to,
        ReadOnlyMemory<byte> blindedElements,
        CancellationToken cancellationToken
    );
}
