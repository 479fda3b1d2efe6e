using Microsoft.Extensions.Logging;
using SignalExchange.Client.Bulk;
using SignalExchange.Client.Options;
using SignalExchange.Client.Telemetry;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Submissions;

/// <summary>Sends items again that the exchange could not take just then: a full queue, a storage that failed.</summary>
/// <remarks>
/// With the same ids, so that nothing is doubled. An indicator that stands in the batch more than once is left alone: its items
/// have an order, and one of them sent again would come after those that were accepted.
/// </remarks>
internal sealed class ItemRetries(SignalExchangeClientOptions options, ILogger log)
{
    private static readonly TimeProvider SystemClock = TimeProvider.System;

    /// <summary>Sends a batch, and again the items of it that were refused for a reason that passes.</summary>
    /// <param name="tokens">The items' indicators.</param>
    /// <param name="send">Sends the items of some places, and returns their outcomes in that order.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>As many outcomes as items.</returns>
    public async Task<SubmitOutcome[]> SendAsync(
        EvaluatedIdentifier[] tokens,
        Func<IReadOnlyList<int>, Task<SubmitOutcome[]>> send,
        CancellationToken cancellationToken
    )
    {
        var outcomes = await send([.. Enumerable.Range(0, tokens.Length)]).ConfigureAwait(false);
        var backoff = new Backoff();
        var started = SystemClock.GetTimestamp();
        for (var retry = 0; retry < options.MaxRetries; retry++)
        {
            var again = PlacesToRetry(tokens, outcomes);
            var delay = backoff.Next();
            if (again.Count == 0 || SystemClock.GetElapsedTime(started) + delay > options.Deadline)
            {
                break;
            }

            ClientLog.ItemsRetried(log, again.Count);
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
            foreach (var (place, outcome) in again.Zip(await send(again).ConfigureAwait(false)))
            {
                outcomes[place] = outcome;
            }
        }

        return outcomes;
    }

    /// <summary>Sends one item, and again while it is refused for a reason that passes.</summary>
    /// <param name="send">Sends it.</param>
    /// <param name="isTransient">Whether an outcome is such a refusal.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The last outcome.</returns>
    public async Task<T> SendOneAsync<T>(
        Func<Task<T>> send,
        Func<T, bool> isTransient,
        CancellationToken cancellationToken
    )
    {
        var backoff = new Backoff();
        var started = SystemClock.GetTimestamp();
        for (var retry = 0; ; retry++)
        {
            var outcome = await send().ConfigureAwait(false);
            var delay = backoff.Next();
            if (
                !isTransient(outcome)
                || retry == options.MaxRetries
                || SystemClock.GetElapsedTime(started) + delay > options.Deadline
            )
            {
                return outcome;
            }

            ClientLog.ItemsRetried(log, 1);
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
        }
    }

    private static List<int> PlacesToRetry(EvaluatedIdentifier[] tokens, SubmitOutcome[] outcomes)
    {
        if (!outcomes.Any(outcome => outcome.IsTransient))
        {
            return [];
        }

        var timesNamed = tokens.CountBy(token => token.Token).ToDictionary();
        return
        [
            .. Enumerable
                .Range(0, outcomes.Length)
                .Where(place => outcomes[place].IsTransient && timesNamed[tokens[place].Token] == 1),
        ];
    }
}
