using System.Runtime.CompilerServices;
using Grpc.Core;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Options;

namespace SignalExchange.Client.Bulk;

/// <summary>Cuts a long sequence into batches, has a few answered at a time, and gives the answers back in order.</summary>
/// <remarks>
/// A batch that finds the exchange unavailable is sent again, the same to the byte, for as long as <see cref="Patience"/>: its submission
/// ids make that safe. Everything answered before stays answered.
/// </remarks>
internal sealed class BulkPipeline(SignalExchangeClientOptions options)
{
    /// <summary>How long a batch is tried again: long enough for an exchange to start anew.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the sequence.</summary>
    /// <param name="source">What to work on; read no further ahead than the batches under way.</param>
    /// <param name="answer">Answers one batch, as many results as items.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async IAsyncEnumerable<TResult> RunAsync<T, TResult>(
        IAsyncEnumerable<T> source,
        Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<TResult>>> answer,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<IReadOnlyList<TResult>>>();
        try
        {
            await foreach (var batch in BatchesOf(source, ended.Token).ConfigureAwait(false))
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
            await Task.WhenAll(underWay).ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<List<T>> BatchesOf<T>(
        IAsyncEnumerable<T> source,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var batch = new List<T>(options.BatchSize);
        await foreach (var item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(item);
            if (batch.Count == options.BatchSize)
            {
                yield return batch;
                batch = new List<T>(options.BatchSize);
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
        var started = options.Clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await answer(batch, cancellationToken).ConfigureAwait(false);
            }
            catch (SignalExchangeException failure)
                when (failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded
                    && options.Clock.GetElapsedTime(started) < Patience
                )
            {
                await Task.Delay(Pause, options.Clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
