using SignalExchange.Client.Checks;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client;

/// <summary>The exchange as a platform's backend sees it: identifiers in, verdicts out.</summary>
/// <remarks>
/// Safe from any thread; meant to live as long as the process. A call that fails as a whole throws
/// <see cref="Errors.SignalExchangeException"/>; an item that is refused is a value. Identifiers never leave the process. Every call
/// heeds its cancellation; submissions under way may then have been accepted, and are recognised by their ids when sent again.
/// </remarks>
public interface ISignalExchangeClient
{
    /// <summary>Makes the tokens of identifiers, from the cache where it has them.</summary>
    /// <param name="identifiers">The identifiers, of any types.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>As many, in the same order.</returns>
    Task<IReadOnlyList<EvaluatedIdentifier>> MakeTokensAsync(
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken = default
    );

    /// <summary>Asks about one identifier.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="purpose">Why; recorded by the exchange.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<CheckResult> CheckAsync(
        Identifier identifier,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    );

    /// <summary>Asks about identifiers.</summary>
    /// <param name="identifiers">The identifiers, of any types.</param>
    /// <param name="purpose">Why; recorded by the exchange.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>As many, in the same order.</returns>
    Task<IReadOnlyList<CheckResult>> CheckBatchAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    );

    /// <summary>Asks about any number of identifiers, batch by batch.</summary>
    /// <param name="identifiers">The identifiers, read as answers come.</param>
    /// <param name="purpose">Why; recorded by the exchange.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The answers, in the order of the identifiers.</returns>
    IAsyncEnumerable<CheckResult> CheckManyAsync(
        IAsyncEnumerable<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reads the signals on identifiers, this member's own withdrawn and expired ones among them.</summary>
    /// <param name="identifiers">The identifiers, of any types.</param>
    /// <param name="purpose">Why; recorded by the exchange.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>As many, in the same order.</returns>
    Task<IReadOnlyList<ReadResult>> GetAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    );

    /// <summary>Submits one signal.</summary>
    /// <returns>Accepted, which means durable; or why not.</returns>
    Task<SubmitOutcome> SubmitAsync(SignalSubmission submission, CancellationToken cancellationToken = default);

    /// <summary>Submits signals.</summary>
    /// <returns>As many outcomes, in the same order; a bad one does not fail its neighbours.</returns>
    Task<IReadOnlyList<SubmitOutcome>> SubmitBatchAsync(
        IReadOnlyList<SignalSubmission> submissions,
        CancellationToken cancellationToken = default
    );

    /// <summary>Submits any number of signals, batch by batch; goes on when the exchange was away for a while.</summary>
    /// <param name="submissions">The submissions, read as outcomes come.</param>
    /// <param name="cancellationToken">Ends the work; outcomes already given are durable.</param>
    /// <returns>The outcomes, in the order of the submissions.</returns>
    IAsyncEnumerable<SubmitOutcome> SubmitManyAsync(
        IAsyncEnumerable<SignalSubmission> submissions,
        CancellationToken cancellationToken = default
    );

    /// <summary>Withdraws this member's signal on one identifier. Effective at once.</summary>
    Task<SubmitOutcome> WithdrawAsync(SignalWithdrawal withdrawal, CancellationToken cancellationToken = default);

    /// <summary>Withdraws this member's signals. Effective at once.</summary>
    /// <returns>As many outcomes, in the same order.</returns>
    Task<IReadOnlyList<SubmitOutcome>> WithdrawBatchAsync(
        IReadOnlyList<SignalWithdrawal> withdrawals,
        CancellationToken cancellationToken = default
    );
}
