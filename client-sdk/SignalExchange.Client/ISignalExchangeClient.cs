using SignalExchange.Client.Checks;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Keys;
using SignalExchange.Client.Submissions;
using SignalExchange.Client.Templates;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client;

/// <summary>The exchange as a platform's backend sees it: identifiers in, verdicts out.</summary>
/// <remarks>
/// <para>Safe from any thread; meant to live as long as the process. Identifiers never leave the process: what is sent are tokens.</para>
/// <para>
/// A call that fails as a whole throws <see cref="SignalExchangeException"/>; an item that is refused is a value, and never fails
/// its neighbours. Two exceptions are alarms, not failures to retry: <see cref="KeyPinMismatchException"/> and
/// <see cref="ProofInvalidException"/> say that the key service shows different members different keys, or is broken.
/// </para>
/// <para>
/// Every call heeds its cancellation with <see cref="OperationCanceledException"/>. Submissions under way may then have been
/// accepted; sent again with the same ids they are recognised, for seven days.
/// </para>
/// <para>The single-item forms with fewer arguments are in <see cref="SignalExchangeClientExtensions"/>.</para>
/// </remarks>
public interface ISignalExchangeClient
{
    /// <summary>Makes the tokens of identifiers, from the cache where it has them.</summary>
    /// <param name="identifiers">The identifiers, of any types and any number; may be empty.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>As many, in the same order, each with the id of the key that it was made under.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused, or was not reached in time.</exception>
    /// <exception cref="KeyPinMismatchException">The exchange shows another key than before.</exception>
    /// <exception cref="ProofInvalidException">An evaluation does not fit its key; no token was made.</exception>
    /// <remarks>About 0.4 milliseconds of one core for an identifier that is not in the cache, and one counted evaluation.</remarks>
    Task<IReadOnlyList<EvaluatedIdentifier>> MakeTokensAsync(
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken = default
    );

    /// <summary>Asks about one identifier.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="purpose">Why; recorded by the exchange. Not unspecified.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What is known, or that nothing is that this member may hear.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused, or was not reached in time.</exception>
    Task<CheckResult> CheckAsync(
        Identifier identifier,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    );

    /// <summary>Asks about identifiers.</summary>
    /// <param name="identifiers">The identifiers, of any types and any number; may be empty.</param>
    /// <param name="purpose">Why; recorded by the exchange. Not unspecified.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>As many, in the same order.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused, or was not reached in time.</exception>
    Task<IReadOnlyList<CheckResult>> CheckBatchAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken
    );

    /// <summary>Asks about identifiers, and says how fresh the answer must be.</summary>
    /// <param name="identifiers">The identifiers, of any types and any number; may be empty.</param>
    /// <param name="purpose">Why; recorded by the exchange. Not unspecified.</param>
    /// <param name="atLeast">
    /// Positions that the answer must take into account, at most 256: those of submissions by another process, for example. This
    /// client's own submissions need none, see <see cref="Options.SignalExchangeClientOptions.ReadsOwnWrites"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>As many, in the same order.</returns>
    /// <exception cref="SignalExchangeException">
    /// The exchange refused, or was not reached in time; <see cref="ErrorReason.PositionNotReached"/> if it cannot be that fresh.
    /// </exception>
    Task<IReadOnlyList<CheckResult>> CheckBatchAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        IReadOnlyCollection<Position>? atLeast = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Asks about tokens that were made before, by <see cref="MakeTokensAsync"/>.</summary>
    /// <param name="keyId">The key under which they were made.</param>
    /// <param name="tokens">The tokens, any number; may be empty.</param>
    /// <param name="purpose">Why; recorded by the exchange. Not unspecified.</param>
    /// <param name="atLeast">Positions that the answer must take into account, at most 256; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>As many, in the same order.</returns>
    /// <exception cref="SignalExchangeException">
    /// The exchange refused, or was not reached in time. With <see cref="ErrorReason.KeyRetired"/> or
    /// <see cref="ErrorReason.KeyUnknown"/> the tokens have had their time: make them again of the identifiers.
    /// </exception>
    Task<IReadOnlyList<TokenCheckResult>> CheckTokensAsync(
        KeyId keyId,
        IReadOnlyList<Token> tokens,
        CheckPurpose purpose,
        IReadOnlyCollection<Position>? atLeast = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Asks about any number of identifiers, batch by batch, over one stream; goes on when the exchange was away for a while.</summary>
    /// <param name="identifiers">The identifiers, of any types, read no further ahead than the batches under way.</param>
    /// <param name="purpose">Why; recorded by the exchange. Not unspecified.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The answers, in the order of the identifiers. They come when a batch is full or the identifiers end.</returns>
    /// <exception cref="SignalExchangeException">A batch was refused, or not answered for as long as the client's patience.</exception>
    IAsyncEnumerable<CheckResult> CheckManyAsync(
        IAsyncEnumerable<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reads the signals on identifiers, this member's own withdrawn and expired ones among them.</summary>
    /// <param name="identifiers">The identifiers, of any types and any number; may be empty.</param>
    /// <param name="purpose">Why; recorded by the exchange. Not unspecified.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>As many, in the same order.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused, or was not reached in time.</exception>
    Task<IReadOnlyList<ReadResult>> GetAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    );

    /// <summary>Submits one signal.</summary>
    /// <param name="submission">What to say, about what.</param>
    /// <param name="cancellationToken">Ends the call; the submission may have been accepted.</param>
    /// <returns>Accepted, which means durable; or why not.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused the call, or was not reached in time.</exception>
    Task<SubmitOutcome> SubmitAsync(SignalSubmission submission, CancellationToken cancellationToken = default);

    /// <summary>Submits signals.</summary>
    /// <param name="submissions">What to say, about identifiers of any types; any number, may be empty.</param>
    /// <param name="cancellationToken">Ends the call; submissions may have been accepted.</param>
    /// <returns>As many outcomes, in the same order; a bad one does not fail its neighbours.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused the call, or was not reached in time.</exception>
    /// <remarks>Those about one identifier take effect in their order.</remarks>
    Task<IReadOnlyList<SubmitOutcome>> SubmitBatchAsync(
        IReadOnlyList<SignalSubmission> submissions,
        CancellationToken cancellationToken = default
    );

    /// <summary>Submits any number of signals, batch by batch, over one stream; goes on when the exchange was away for a while.</summary>
    /// <param name="submissions">The submissions, read no further ahead than the batches under way.</param>
    /// <param name="cancellationToken">Ends the work; outcomes already given are durable.</param>
    /// <returns>The outcomes, in the order of the submissions. They come when a batch is full or the submissions end.</returns>
    /// <exception cref="SignalExchangeException">A batch was refused, or not answered for as long as the client's patience.</exception>
    /// <remarks>
    /// Batches are worked on side by side: of two submissions about one identifier in different batches either may come last.
    /// </remarks>
    IAsyncEnumerable<SubmitOutcome> SubmitManyAsync(
        IAsyncEnumerable<SignalSubmission> submissions,
        CancellationToken cancellationToken = default
    );

    /// <summary>Withdraws this member's signal on one identifier. Effective at once.</summary>
    /// <param name="withdrawal">On what, and why.</param>
    /// <param name="cancellationToken">Ends the call; the withdrawal may have been accepted.</param>
    /// <returns>Accepted, which means durable; or why not.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused the call, or was not reached in time.</exception>
    Task<SubmitOutcome> WithdrawAsync(SignalWithdrawal withdrawal, CancellationToken cancellationToken = default);

    /// <summary>Withdraws this member's signals. Effective at once.</summary>
    /// <param name="withdrawals">On what, and why; any number, may be empty.</param>
    /// <param name="cancellationToken">Ends the call; withdrawals may have been accepted.</param>
    /// <returns>As many outcomes, in the same order.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused the call, or was not reached in time.</exception>
    Task<IReadOnlyList<SubmitOutcome>> WithdrawBatchAsync(
        IReadOnlyList<SignalWithdrawal> withdrawals,
        CancellationToken cancellationToken = default
    );

    /// <summary>Registers an ad as a template: its edited reposts are found from now on. The text never leaves the process.</summary>
    /// <param name="text">The ad as it was posted.</param>
    /// <param name="statement">What is said about it; expires after 365 days at most. Not to be changed during the call.</param>
    /// <param name="minBands">How many of 48 bands must agree at least, 3 to 12; 0 leaves it to the exchange.</param>
    /// <param name="submissionId">The id of a registration that is sent again; null for a new one.</param>
    /// <param name="cancellationToken">Ends the call; the registration may have been accepted.</param>
    /// <returns>Accepted, which means durable, with the template's name to keep; or why not.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused the call, or was not reached in time.</exception>
    /// <remarks>48 counted evaluations, none for an ad that was asked about before.</remarks>
    Task<TemplateOutcome> RegisterTemplateAsync(
        string text,
        SignalStatement statement,
        int minBands = 0,
        SubmissionId? submissionId = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Registers an edited copy under a template that it matched, as this member's own signal on the template.</summary>
    /// <param name="template">The template, as a match named it.</param>
    /// <param name="text">The copy as it was posted.</param>
    /// <param name="statement">What this member says about the template; names others' signals that it learned from. Not to be changed during the call.</param>
    /// <param name="submissionId">The id of a growth that is sent again; null for a new one.</param>
    /// <param name="cancellationToken">Ends the call; the growth may have been accepted.</param>
    /// <returns>Accepted, which means durable; or why not: a copy that fits weakly, one too many.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused the call, or was not reached in time.</exception>
    Task<TemplateOutcome> GrowTemplateAsync(
        TemplateId template,
        string text,
        SignalStatement statement,
        SubmissionId? submissionId = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Withdraws this member's signal on a template, and the copies that it grew it by. Effective at once.</summary>
    /// <param name="template">The template.</param>
    /// <param name="reason">Why; not unspecified.</param>
    /// <param name="submissionId">The id of a withdrawal that is sent again; null for a new one.</param>
    /// <param name="cancellationToken">Ends the call; the withdrawal may have been accepted.</param>
    /// <returns>Accepted, which means durable; or why not.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused the call, or was not reached in time.</exception>
    Task<SubmitOutcome> WithdrawTemplateAsync(
        TemplateId template,
        RetractionReason reason,
        SubmissionId? submissionId = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reads the signals on templates, this member's own withdrawn and expired ones among them.</summary>
    /// <param name="templates">The templates; any number, may be empty.</param>
    /// <param name="purpose">Why; recorded by the exchange. Not unspecified.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>As many, in the same order.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused, or was not reached in time.</exception>
    Task<IReadOnlyList<TemplateReadResult>> GetTemplatesAsync(
        IReadOnlyList<TemplateId> templates,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    );

    /// <summary>Asks which templates an ad is an edited copy of. The text never leaves the process.</summary>
    /// <param name="text">The ad as it was posted.</param>
    /// <param name="purpose">Why; recorded by the exchange. Not unspecified.</param>
    /// <param name="search">Whether the parts of a long ad are looked at, too.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The templates that it fits; or why the text cannot be asked about.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused, or was not reached in time.</exception>
    /// <remarks>48 counted evaluations, some 20 milliseconds of one core; none for an ad that was asked about before.</remarks>
    Task<AdMatchResult> MatchAdAsync(
        string text,
        CheckPurpose purpose,
        AdSearch search = AdSearch.Whole,
        CancellationToken cancellationToken = default
    );

    /// <summary>Asks about any number of ads, batch by batch, over one stream; goes on when the exchange was away for a while.</summary>
    /// <param name="texts">The ads as they were posted, read no further ahead than the batches under way.</param>
    /// <param name="purpose">Why; recorded by the exchange. Not unspecified.</param>
    /// <param name="search">Whether the parts of long ads are looked at, too.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The answers, in the order of the ads. They come when a batch is full or the ads end.</returns>
    /// <exception cref="SignalExchangeException">A batch was refused, or not answered for as long as the client's patience.</exception>
    IAsyncEnumerable<AdMatchResult> MatchAdsAsync(
        IAsyncEnumerable<string> texts,
        CheckPurpose purpose,
        AdSearch search = AdSearch.Whole,
        CancellationToken cancellationToken = default
    );
}
