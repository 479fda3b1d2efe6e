using SignalExchange.Client.Checks;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client;

/// <summary>The forms for a single item, without a record around it.</summary>
/// <remarks>Safe from any thread, as the client is.</remarks>
public static class SignalExchangeClientExtensions
{
    /// <summary>Submits one signal.</summary>
    /// <param name="client">The client.</param>
    /// <param name="identifier">The identifier; it never leaves the process.</param>
    /// <param name="statement">What is said; not to be changed during the call.</param>
    /// <param name="submissionId">The id of a submission that is sent again; null for a new one.</param>
    /// <param name="cancellationToken">Ends the call; the submission may have been accepted.</param>
    /// <returns>Accepted, which means durable; or why not.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused the call, or was not reached in time.</exception>
    public static Task<SubmitOutcome> SubmitAsync(
        this ISignalExchangeClient client,
        Identifier identifier,
        SignalStatement statement,
        SubmissionId? submissionId = null,
        CancellationToken cancellationToken = default
    ) =>
        client.SubmitAsync(
            new SignalSubmission(identifier, statement) { Id = submissionId ?? SubmissionId.NewId() },
            cancellationToken
        );

    /// <summary>Withdraws this member's signal on one identifier. Effective at once.</summary>
    /// <param name="client">The client.</param>
    /// <param name="identifier">The identifier.</param>
    /// <param name="reason">Why; not unspecified.</param>
    /// <param name="submissionId">The id of a withdrawal that is sent again; null for a new one.</param>
    /// <param name="cancellationToken">Ends the call; the withdrawal may have been accepted.</param>
    /// <returns>Accepted, which means durable; or why not.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused the call, or was not reached in time.</exception>
    public static Task<SubmitOutcome> WithdrawAsync(
        this ISignalExchangeClient client,
        Identifier identifier,
        RetractionReason reason,
        SubmissionId? submissionId = null,
        CancellationToken cancellationToken = default
    ) =>
        client.WithdrawAsync(
            new SignalWithdrawal(identifier, reason) { Id = submissionId ?? SubmissionId.NewId() },
            cancellationToken
        );

    /// <summary>Reads the signals on one identifier, this member's own withdrawn and expired ones among them.</summary>
    /// <param name="client">The client.</param>
    /// <param name="identifier">The identifier.</param>
    /// <param name="purpose">Why; recorded by the exchange. Not unspecified.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The signals; none when there is nothing that this member may read.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused, or was not reached in time.</exception>
    public static async Task<ReadResult> GetAsync(
        this ISignalExchangeClient client,
        Identifier identifier,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    ) => (await client.GetAsync([identifier], purpose, cancellationToken).ConfigureAwait(false))[0];
}
