using System.Runtime.CompilerServices;
using Google.Protobuf;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Submissions;
using SignalExchange.Client.Telemetry;
using SignalExchange.Client.TokenCache;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client;

/// <content>Submissions, alone, in batches and in bulk.</content>
public sealed partial class SignalExchangeClient
{
    // Id, element, and the lengths and tags around them and the statement.
    private const int SubmissionFrameBytes = 64;

    /// <inheritdoc/>
    public async Task<SubmitOutcome> SubmitAsync(
        SignalSubmission submission,
        CancellationToken cancellationToken = default
    ) => (await SubmitBatchAsync([submission], cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public Task<IReadOnlyList<SubmitOutcome>> SubmitBatchAsync(
        IReadOnlyList<SignalSubmission> submissions,
        CancellationToken cancellationToken = default
    ) => SubmitAsync(submissions, _calls.SubmitAsync, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<SubmitOutcome> SubmitManyAsync(
        IAsyncEnumerable<SignalSubmission> submissions,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(submissions);
        var line = _calls.OpenSubmitLine();
        await using var _ = line.ConfigureAwait(false);
        var outcomes = _bulk.RunAsync(
            submissions,
            (batch, token) => SubmitAsync(batch, line.SendAsync, token),
            cancellationToken
        );
        await foreach (var outcome in outcomes.ConfigureAwait(false))
        {
            yield return outcome;
        }
    }

    /// <summary>The one way in which signals are submitted, whichever way requests go.</summary>
    private Task<IReadOnlyList<SubmitOutcome>> SubmitAsync(
        IReadOnlyList<SignalSubmission> submissions,
        Func<SubmitRequest, CancellationToken, Task<SubmitResponse>> send,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(submissions);
        return ClientTelemetry.MeasureAsync(
            ClientOperation.Submit,
            submissions.Count,
            () =>
                SendSoundAsync(
                    submissions,
                    submission => Refuse(submission) is { } no ? SubmitOutcome.Refused(submission.Id, no) : null,
                    sound =>
                        _batches.RunAsync<SignalSubmission, SubmitOutcome>(
                            sound,
                            static submission => submission.Identifier,
                            static submission => submission.Statement.CalculateSize() + SubmissionFrameBytes,
                            async (batch, token) => await SendAsync(batch, send, token).ConfigureAwait(false),
                            cancellationToken
                        )
                )
        );
    }

    /// <summary>Sends what is sound. The exchange would say the same of the rest; nothing is spent to learn it.</summary>
    private static async Task<IReadOnlyList<SubmitOutcome>> SendSoundAsync<T>(
        IReadOnlyList<T> items,
        Func<T, SubmitOutcome?> refuse,
        Func<IReadOnlyList<T>, Task<IReadOnlyList<SubmitOutcome>>> send
    )
    {
        var outcomes = items.Select(refuse).ToArray();
        var sound = Enumerable.Range(0, outcomes.Length).Where(place => outcomes[place] is null).ToList();
        var sent = await send([.. sound.Select(place => items[place])]).ConfigureAwait(false);
        foreach (var (place, outcome) in sound.Zip(sent))
        {
            outcomes[place] = outcome;
        }

        return outcomes!;
    }

    private Refusal? Refuse(SignalSubmission submission) =>
        MessageForms.Check(submission.Statement)?.Within("statement")
        ?? StatementRules
            .Check(submission.Statement, submission.Identifier.Type, _options.Clock.GetUtcNow())
            ?.Within("statement");

    private Task<SubmitOutcome[]> SendAsync(
        TokenBatch<SignalSubmission> batch,
        Func<SubmitRequest, CancellationToken, Task<SubmitResponse>> send,
        CancellationToken cancellationToken
    ) =>
        _itemRetries.SendAsync(
            batch.Tokens,
            async places =>
            {
                var response = await send(RequestOf(batch, places), cancellationToken).ConfigureAwait(false);
                return Note(
                    ClientOperation.Submit,
                    batch.KeyId,
                    places,
                    response.Results,
                    (place, result) => SubmitOutcome.From(batch.Items[place].Id, result)
                );
            },
            cancellationToken
        );

    private static SubmitRequest RequestOf(TokenBatch<SignalSubmission> batch, IReadOnlyList<int> places) =>
        new()
        {
            KeyId = batch.KeyId.ToString(),
            Submissions =
            {
                places.Select(place => new Submission
                {
                    SubmissionId = batch.Items[place].Id.ToByteString(),
                    Element = UnsafeByteOperations.UnsafeWrap(batch.Tokens[place].Element),
                    Statement = batch.Items[place].Statement,
                }),
            },
        };

    /// <summary>Reads the results of a request, and remembers where its writes stand.</summary>
    private SubmitOutcome[] Note<TResult>(
        ClientOperation operation,
        Contracts.KeyId keyId,
        IReadOnlyList<int> places,
        IReadOnlyList<TResult> results,
        Func<int, TResult, SubmitOutcome> outcomeOf
    )
    {
        if (results.Count != places.Count)
        {
            throw SignalExchangeException.Unfit($"The exchange answered {results.Count} of {places.Count} items.");
        }

        ClientTelemetry.CountBatch(operation, keyId.Type);
        SubmitOutcome[] outcomes = [.. places.Zip(results, outcomeOf)];
        Array.ForEach(outcomes, outcome => _positions.Remember(outcome.Position));
        return outcomes;
    }
}
