using Orleans.Concurrency;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Disputes;
using SignalExchange.Grains.Templates;

namespace SignalExchange.Grains.Indicators;

/// <summary>One indicator: everybody's signals on it. Its key is the token, in full.</summary>
/// <remarks>
/// Activated for what somebody has reported, never for a miss: the index answers those. Refusals are values; a storage that
/// fails is one as well.
/// </remarks>
[Alias("signalexchange.indicator")]
public interface IIndicatorGrain : IGrainWithStringKey
{
    /// <summary>Submits or revises the caller's signal. Durable when it returns. Idempotent by submission id.</summary>
    [Alias("Submit")]
    Task<SubmitResult> Submit(SubmitCommand command, CancellationToken cancellationToken);

    /// <summary>Withdraws the caller's signal. Durable, and gone from checks, when it returns. Idempotent.</summary>
    [Alias("Withdraw")]
    Task<WithdrawResult> Withdraw(WithdrawCommand command, CancellationToken cancellationToken);

    /// <summary>Folds what the caller may see.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="asOf">The sequence of the indicator's shard that the answer must know of: as far as the asking silo has followed its log.</param>
    /// <param name="cancellationToken">The caller went away.</param>
    /// <returns>The verdict without a position, which would tell of changes that the caller may not see; null when the caller may see nothing, which reads the same as nothing there.</returns>
    [ReadOnly]
    [Alias("Check")]
    Task<Verdict?> Check(Caller caller, long asOf, CancellationToken cancellationToken);

    /// <summary>Reads the live signals that the caller may see, and the caller's own in any state.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="asOf">As for <see cref="Check"/>.</param>
    /// <param name="cancellationToken">The caller went away.</param>
    /// <returns>The signals, without an index or a position; null when there are none.</returns>
    [ReadOnly]
    [Alias("Read")]
    Task<GetResult?> Read(Caller caller, long asOf, CancellationToken cancellationToken);

    /// <summary>Registers the indicator as a template: the caller's signal on it. Durable when it returns. Idempotent by submission id.</summary>
    [Alias("Register")]
    Task<SubmitResult> Register(RegisterCommand command, CancellationToken cancellationToken);

    /// <summary>Registers an edited copy under the template. Durable when it returns. Idempotent by submission id.</summary>
    [Alias("Grow")]
    Task<SubmitResult> Grow(GrowCommand command, CancellationToken cancellationToken);

    /// <summary>Says how well an ad fits what the caller may hear of, and folds that.</summary>
    /// <param name="caller">Whose eyes.</param>
    /// <param name="sketches">The template's sketches that the ad may fit.</param>
    /// <param name="threshold">How many bands must agree, unless somebody whom the caller hears asks for more.</param>
    /// <param name="strongBands">From how many on the match is strong.</param>
    /// <param name="asOf">The sequence of the template's shard that the answer must know of.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer, its verdict without a position; null when the caller may hear nothing, which reads the same as no match.</returns>
    [ReadOnly]
    [Alias("MatchBands")]
    Task<TemplateAnswer?> Match(
        Caller caller,
        [Immutable] SketchMatch[] sketches,
        int threshold,
        int strongBands,
        long asOf,
        CancellationToken cancellationToken
    );

    /// <summary>Sends all that is said here to the indicator's name under another key; from then on hands on whatever is asked here.</summary>
    /// <returns>Why not; null when it is done, now or before. It may be asked for again.</returns>
    /// <remarks>At every moment there is one truth: this name until it has moved, the other one from then on.</remarks>
    [Alias("Move")]
    Task<ItemError?> Move(MoveCommand command, CancellationToken cancellationToken);

    /// <summary>Takes over what was said under another key's name, as it was: ids, revisions, times, submissions.</summary>
    /// <returns>Why not; null when it is here, now or before.</returns>
    [Alias("Adopt")]
    Task<ItemError?> Adopt(AdoptCommand command, CancellationToken cancellationToken);

    /// <summary>Finds a signal in force that the caller may see and does not own.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="signalId">Which signal, 16 bytes.</param>
    /// <param name="asOf">As for <see cref="Check"/>.</param>
    /// <param name="cancellationToken">The caller went away.</param>
    /// <returns>The signal; null when there is none, or none for the caller.</returns>
    [ReadOnly]
    [Alias("FindDisputable")]
    Task<DisputedSignal?> FindDisputable(
        Caller caller,
        byte[] signalId,
        long asOf,
        CancellationToken cancellationToken
    );

    /// <summary>Puts on a signal what its disputes come to. Durable when it returns. Idempotent.</summary>
    /// <param name="signalId">Which signal, 16 bytes.</param>
    /// <param name="mark">What must stand on it.</param>
    /// <param name="asOf">As for <see cref="Check"/>.</param>
    /// <param name="cancellationToken">The caller went away.</param>
    /// <returns>Why not; null when it stands there.</returns>
    [Alias("MarkDisputed")]
    Task<ItemError?> MarkDisputed(byte[] signalId, DisputeMark mark, long asOf, CancellationToken cancellationToken);

    /// <summary>Forgets where everything went, if it went anywhere: at the end of a rotation's overlap.</summary>
    /// <returns>Why not; null when it is forgotten, now or before.</returns>
    [Alias("Forget")]
    Task<ItemError?> Forget(CancellationToken cancellationToken);
}
