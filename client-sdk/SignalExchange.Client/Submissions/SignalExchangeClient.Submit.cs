using Google.Protobuf;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client;

/// <content>Submissions and withdrawals.</content>
public sealed partial class SignalExchangeClient
{
    /// <inheritdoc/>
    public async Task<SubmitOutcome> SubmitAsync(
        SignalSubmission submission,
        CancellationToken cancellationToken = default
    ) => (await SubmitBatchAsync([submission], cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SubmitOutcome>> SubmitBatchAsync(
        IReadOnlyList<SignalSubmission> submissions,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(submissions);
        var outcomes = new SubmitOutcome[submissions.Count];
        var sound = new List<int>(submissions.Count);
        for (var place = 0; place < outcomes.Length; place++)
        {
            // The exchange would say the same; nothing has to be sent, and no evaluation spent, to learn it.
            if (Refuse(submissions[place]) is { } refusal)
            {
                outcomes[place] = SubmitOutcome.Refused(submissions[place].Id, refusal);
            }
            else
            {
                sound.Add(place);
            }
        }

        var sent = await ByTypeAsync(
                [.. sound.Select(place => submissions[place])],
                submission => submission.Identifier,
                SendAsync,
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var (number, place) in sound.Index())
        {
            outcomes[place] = sent[number];
        }

        return outcomes;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SubmitOutcome> SubmitManyAsync(
        IAsyncEnumerable<SignalSubmission> submissions,
        CancellationToken cancellationToken = default
    ) => _bulk.RunAsync(submissions, SubmitBatchAsync, cancellationToken);

    /// <inheritdoc/>
    public async Task<SubmitOutcome> WithdrawAsync(
        SignalWithdrawal withdrawal,
        CancellationToken cancellationToken = default
    ) => (await WithdrawBatchAsync([withdrawal], cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SubmitOutcome>> WithdrawBatchAsync(
        IReadOnlyList<SignalWithdrawal> withdrawals,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(withdrawals);
        return await ByTypeAsync(
                withdrawals,
                withdrawal => withdrawal.Identifier,
                SendWithdrawalsAsync,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private Refusal? Refuse(SignalSubmission submission) =>
        MessageForms.Check(submission.Statement)?.Within("statement")
        ?? StatementRules
            .Check(submission.Statement, submission.Identifier.Type, _options.Clock.GetUtcNow())
            ?.Within("statement");

    private async Task<IReadOnlyList<SubmitOutcome>> SendAsync(
        KeyId keyId,
        IReadOnlyList<SignalSubmission> submissions,
        EvaluatedIdentifier[] tokens,
        CancellationToken cancellationToken
    )
    {
        var request = new SubmitRequest { KeyId = keyId.ToString() };
        foreach (var (place, submission) in submissions.Index())
        {
            request.Submissions.Add(
                new Submission
                {
                    SubmissionId = submission.Id.ToByteString(),
                    Element = UnsafeByteOperations.UnsafeWrap(tokens[place].Element),
                    Statement = submission.Statement,
                }
            );
        }

        var response = await _calls.SubmitAsync(request, cancellationToken).ConfigureAwait(false);
        return Remember([
            .. response.Results.Select((result, place) => SubmitOutcome.From(submissions[place].Id, result)),
        ]);
    }

    private async Task<IReadOnlyList<SubmitOutcome>> SendWithdrawalsAsync(
        KeyId keyId,
        IReadOnlyList<SignalWithdrawal> withdrawals,
        EvaluatedIdentifier[] tokens,
        CancellationToken cancellationToken
    )
    {
        var request = new WithdrawRequest { KeyId = keyId.ToString() };
        foreach (var (place, withdrawal) in withdrawals.Index())
        {
            request.Withdrawals.Add(
                new Withdrawal
                {
                    SubmissionId = withdrawal.Id.ToByteString(),
                    Token = UnsafeByteOperations.UnsafeWrap(tokens[place].Token.ToArray()),
                    Reason = withdrawal.Reason,
                }
            );
        }

        var response = await _calls.WithdrawAsync(request, cancellationToken).ConfigureAwait(false);
        return Remember([
            .. response.Results.Select((result, place) => SubmitOutcome.From(withdrawals[place].Id, result)),
        ]);
    }

    private SubmitOutcome[] Remember(SubmitOutcome[] outcomes)
    {
        foreach (var outcome in outcomes)
        {
            _positions.Remember(outcome.Position);
        }

        return outcomes;
    }
}
