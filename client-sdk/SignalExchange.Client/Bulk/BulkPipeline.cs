using System.Runtime.CompilerServices;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Options;

namespace SignalExchange.Client.Bulk;

/// <summary>Cuts a long sequence into batches, has a few answered at a time, and gives the answers back in order.</summary>
/// <remarks>
/// A batch that finds the exchange unavailable is worked on again for as long as the client's patience, with the same submission ids.
/// Everything answered before stays answered.
/// </remarks>
internal sealed class BulkPipeline(SignalExchangeClientOptions options)
{
    // Waiting goes by the system's clock: a platform's test clock must not make it endless.
    private static readonly TimeProvider SystemClock = TimeProvider.System;

    /// <summary>Runs the sequence.</summary>
    /// <param name="source">What to work on; read no further ahead than the batches under way.</param>
    /// <param name="answer">Answers one batch, as many results as items.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="maxItems">The most items of a batch; fewer than the client's batch size, if that is smaller.</param>
    public async IAsyncEnumerable<TResult> RunAsync<T, TResult>(
        IAsyncEnumerable<T> source,
        Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<TResult>>> answer,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        int maxItems = int.MaxValue
    )
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<IReadOnlyList<TResult>>>();
        try
        {
            await foreach (
                var batch in BatchesOf(source, Math.Min(maxItems, options.BatchSize), ended.Token).ConfigureAwait(false)
            )
            {
                underWay.Enqueue(WithPatienceAsync(batch, answer, ended.Token));
                if (underWay.Count >= options.MaxUnansweredBatches)
                {
                    foreach (var result in await underWay.Dequeue().ConfigureAwait(false))
                    {
                        yield return result;
                    }
                }
            }

            while (underWay.TryDequeue(out var next))
            {
                foreach (var result in await next.ConfigureAwait(false))
                {
                    yield return result;
                }
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(underWay)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async IAsyncEnumerable<List<T>> BatchesOf<T>(
        IAsyncEnumerable<T> source,
        int size,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var batch = new List<T>(size);
        await foreach (var item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(item);
            if (batch.Count == size)
            {
                yield return batch;
                batch = new List<T>(size);
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private async Task<IReadOnlyList<TResult>> WithPatienceAsync<T, TResult>(
        IReadOnlyList<T> batch,
        Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<TResult>>> answer,
        CancellationToken cancellationToken
    )
    {
        var backoff = new Backoff();
        var started = SystemClock.GetTimestamp();
        while (true)
        {
            try
            {
                return await answer(batch, cancellationToken).ConfigureAwait(false);
            }
            catch (SignalExchangeException failure)
                when (failure.IsTransient && SystemClock.GetElapsedTime(started) < options.Patience)
            {
                await Task.Delay(backoff.Next(), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
