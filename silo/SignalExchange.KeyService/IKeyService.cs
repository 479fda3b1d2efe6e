using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Evaluations;

namespace SignalExchange.KeyService;

/// <summary>Holds the VOPRF keys: tells which are in force, and evaluates what it cannot read.</summary>
/// <remarks>
/// In the same process only on the embedded default; another process or a threshold of several stands behind the same
/// interface. It sees blinded elements and counts, never tokens or signals. Safe from any thread.
/// </remarks>
public interface IKeyService
{
    /// <summary>Returns the manifest of every key in force now, ordered by type and epoch.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// For each type one ACTIVE key, for submissions and checks, and for seven days after a rotation its predecessor, RETIRING, for
    /// checks and withdrawals only. The messages are the caller's own.
    /// </returns>
    /// <remarks>
    /// <c>not_after</c> is the planned end. A rotation needs the index re-keyed and does not happen by itself: until another key follows,
    /// a key past its planned end stays ACTIVE, and the log warns of it every day.
    /// </remarks>
    Task<IReadOnlyList<KeyManifest>> GetManifestsAsync(CancellationToken cancellationToken);

    /// <summary>Evaluates blinded elements under one key, with one proof for all of them; all or nothing.</summary>
    /// <param name="keyId">A key in force.</param>
    /// <param name="blindedElements">1 to <see cref="Limits.MaxEvaluateBatch"/> packed elements, not changed during the call.</param>
    /// <param name="cancellationToken">Ends the wait for a place; an evaluation that has begun runs to its end.</param>
    /// <returns>The evaluation, or why there is none: then nothing was evaluated, and no quota is to be charged.</returns>
    /// <remarks>About 30 milliseconds of one core for a full batch, never on the caller's thread or a grain's turn.</remarks>
    Task<EvaluateOutcome> EvaluateAsync(
        KeyId keyId,
        ReadOnlyMemory<byte> blindedElements,
        CancellationToken cancellationToken
    );
}
