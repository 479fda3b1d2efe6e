using System.Threading.Channels;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Signals;

/// <summary>Answers the batches of one stream: a few at a time, the answers in the order of the batches.</summary>
/// <param name="maxParallel">How many batches are worked on at once; the reading waits for a free place.</param>
/// <param name="stopping">When the server stops: batches that were read are still answered, then the stream ends with NOT_READY.</param>
internal sealed class BatchStream<TRequest, TResponse>(int maxParallel, CancellationToken stopping)
    where TRequest : class
{
    /// <summary>Runs the stream to its end.</summary>
    /// <param name="requests">The batches.</param>
    /// <param name="responses">Where the answers go.</param>
    /// <param name="admit">Waits until a batch may be held in memory; nothing more is read meanwhile. Ends with the batch's answer.</param>
    /// <param name="answer">Answers one batch; its failure ends the stream after the answers before it.</param>
    /// <param name="cancellationToken">The caller went away, or its deadline passed.</param>
    public async Task Run(
        IAsyncStreamReader<TRequest> requests,
        IServerStreamWriter<TResponse> responses,
        Func<TRequest, CancellationToken, ValueTask<IDisposable>> admit,
        Func<TRequest, CancellationToken, Task<TResponse>> answer,
        CancellationToken cancellationToken
    )
    {
        // The place of the batch whose answer is being written counts as well, so one fewer waits in the channel.
        var pending = Channel.CreateBounded<Task<TResponse>>(Math.Max(1, maxParallel - 1));
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Read(requests, pending.Writer, admit, answer, failed.Token);
        try
        {
            await foreach (var next in pending.Reader.ReadAllAsync(cancellationToken))
            {
                await responses.WriteAsync(await next, cancellationToken);
            }
        }
        finally
        {
            await failed.CancelAsync();
            await Settle(reading, pending.Reader);
        }

        if (await reading)
        {
            throw new Refusal(ErrorReason.NotReady).ToRpcException();
        }
    }

    /// <summary>Reads batches until the client is done or the server stops.</summary>
    /// <returns>Whether the server stopped first.</returns>
    private async Task<bool> Read(
        IAsyncStreamReader<TRequest> requests,
        ChannelWriter<Task<TResponse>> pending,
        Func<TRequest, CancellationToken, ValueTask<IDisposable>> admit,
        Func<TRequest, CancellationToken, Task<TResponse>> answer,
        CancellationToken cancellationToken
    )
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        try
        {
            while (await requests.MoveNext(ended.Token))
            {
                var held = await admit(requests.Current, cancellationToken);
                await pending.WriteAsync(Answer(requests.Current, held, answer, cancellationToken), cancellationToken);
            }

            return false;
        }
        catch (Exception) when (stopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return true;
        }
        finally
        {
            pending.Complete();
        }
    }

    private static async Task<TResponse> Answer(
        TRequest request,
        IDisposable held,
        Func<TRequest, CancellationToken, Task<TResponse>> answer,
        CancellationToken cancellationToken
    )
    {
        using (held)
        {
            return await answer(request, cancellationToken);
        }
    }

    /// <summary>Lets what was begun come to its end, so that no failure goes unobserved and no work outlives its call.</summary>
    private static async Task Settle(Task reading, ChannelReader<Task<TResponse>> pending)
    {
        await reading.ContinueWith(static _ => { }, TaskScheduler.Default);
        while (pending.TryRead(out var next))
        {
            await next.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }
}
