using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Telemetry;
using SignalExchange.Client.Transport;

namespace SignalExchange.Client.Bulk;

/// <summary>A stream of batches that outlives its connection.</summary>
/// <param name="method">The method.</param>
/// <param name="patience">How long a batch may wait for its answer, connections that break included.</param>
/// <param name="log">Where breaks are told.</param>
/// <remarks>
/// <list type="number">
/// <item>A batch joins the queue of those without an answer, then is written.</item>
/// <item>Answers come in the order of the batches; each takes the first off the queue.</item>
/// <item>When the connection breaks, another is opened after a pause, and the queue is written again, the same to the byte: submission
/// ids make that safe.</item>
/// <item>When the exchange refuses, the refusal is about the first of the queue (it answers in order): that one fails, and the others go
/// on over another connection.</item>
/// </list>
/// How many batches are on their way is bounded by the caller.
/// </remarks>
internal sealed class ResumingStream<TBatch, TAnswer, TRequest, TResponse>(
    StreamMethod<TBatch, TAnswer, TRequest, TResponse> method,
    TimeSpan patience,
    ILogger log
) : IBatchLine<TBatch, TAnswer>
{
    // How long the exchange gets to end the stream properly when everything is answered.
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Channel<SentBatch<TRequest, TAnswer>> _fresh = Channel.CreateUnbounded<
        SentBatch<TRequest, TAnswer>
    >();
    private readonly Queue<SentBatch<TRequest, TAnswer>> _unanswered = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly Backoff _backoff = new();
    private ulong _lastNumber;
    private Task? _running;
    private SignalExchangeException? _lastBreak;

    public async Task<TAnswer> SendAsync(TBatch batch, CancellationToken cancellationToken)
    {
        var sent = Enqueue(batch);
        try
        {
            return await sent.Answer.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            throw new SignalExchangeException(
                StatusCode.DeadlineExceeded,
                _lastBreak?.Refusal,
                _lastBreak?.Trace,
                (Exception?)_lastBreak?.InnerException ?? late
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        _fresh.Writer.TryComplete();
        if (_running is { } running)
        {
            var isDone = UnansweredCount == 0;
            _closed.CancelAfter(isDone ? FarewellLimit : TimeSpan.Zero);
            await running.ConfigureAwait(false);
        }

        _closed.Dispose();
    }

    private int UnansweredCount
    {
        get
        {
            lock (_gate)
            {
                return _unanswered.Count;
            }
        }
    }

    private SentBatch<TRequest, TAnswer> Enqueue(TBatch batch)
    {
        lock (_gate)
        {
            var number = ++_lastNumber;
            var sent = new SentBatch<TRequest, TAnswer>(number, method.Wrap(number, batch));
            ObjectDisposedException.ThrowIf(!_fresh.Writer.TryWrite(sent), this);
            _running ??= Task.Run(RunAsync, CancellationToken.None);
            return sent;
        }
    }

    private async Task RunAsync()
    {
        Exception end = new ObjectDisposedException(nameof(ResumingStream<,,,>));
        try
        {
            while (await HasBatchAsync().ConfigureAwait(false))
            {
                await ConnectAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // Closed in the middle: nobody waits for the rest.
        }
        catch (Exception broken)
        {
            end = broken;
        }
        finally
        {
            _fresh.Writer.TryComplete();
            FailAll(end);
        }
    }

    /// <summary>Waits until there is a batch to send, and takes it, so that a connection that is refused is refused to somebody.</summary>
    private async Task<bool> HasBatchAsync() =>
        UnansweredCount > 0
        || (await _fresh.Reader.WaitToReadAsync(_closed.Token).ConfigureAwait(false) && TryTake() is not null);

    /// <summary>Talks over one connection until it ends, and decides what its end means.</summary>
    private async Task ConnectAsync()
    {
        try
        {
            using var call = method.Open(new CallOptions(cancellationToken: _closed.Token));
            await TalkAsync(call).ConfigureAwait(false);
        }
        catch (RpcException failure) when (!_closed.IsCancellationRequested)
        {
            await HandleAsync(failure.ToSignalExchangeException()).ConfigureAwait(false);
        }
        catch (SignalExchangeException unfit)
        {
            await HandleAsync(unfit).ConfigureAwait(false);
        }
        catch (RpcException) when (_closed.IsCancellationRequested)
        {
            _closed.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task HandleAsync(SignalExchangeException failure)
    {
        if (!failure.IsTransient)
        {
            FailFirst(failure);
            return;
        }

        _lastBreak = failure;
        var delay = _backoff.Next();
        ClientLog.StreamBroke(
            log,
            method.Name,
            failure.StatusCode,
            failure.Reason,
            UnansweredCount,
            Math.Round(delay.TotalMilliseconds)
        );
        ClientTelemetry.CountReconnect(method.Name);
        await Task.Delay(delay, _closed.Token).ConfigureAwait(false);
    }

    private async Task TalkAsync(AsyncDuplexStreamingCall<TRequest, TResponse> call)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        var writing = WriteAsync(call, ended.Token);
        try
        {
            await ReadAsync(call.ResponseStream).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Writes what has no answer, then what comes; the reading tells what became of the connection.</summary>
    private async Task WriteAsync(
        AsyncDuplexStreamingCall<TRequest, TResponse> call,
        CancellationToken cancellationToken
    )
    {
        try
        {
            foreach (var sent in Unanswered())
            {
                await call.RequestStream.WriteAsync(sent.Request, cancellationToken).ConfigureAwait(false);
            }

            while (await _fresh.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (TryTake() is { } sent)
                {
                    await call.RequestStream.WriteAsync(sent.Request, cancellationToken).ConfigureAwait(false);
                }
            }

            await call.RequestStream.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Nothing more goes out, so nothing more will come in; on a broken connection the reading knows already.
            call.Dispose();
            throw;
        }
    }

    private async Task ReadAsync(IAsyncStreamReader<TResponse> responses)
    {
        while (await responses.MoveNext(_closed.Token).ConfigureAwait(false))
        {
            var number = method.NumberOf(responses.Current);
            TakeFirst(number).Complete(method.AnswerOf(responses.Current));
            _backoff.Reset();
        }

        if (UnansweredCount > 0)
        {
            throw new RpcException(
                new Status(StatusCode.Unavailable, "The exchange ended the stream before it had answered every batch.")
            );
        }
    }

    private SentBatch<TRequest, TAnswer>[] Unanswered()
    {
        lock (_gate)
        {
            return [.. _unanswered];
        }
    }

    private SentBatch<TRequest, TAnswer>? TryTake()
    {
        lock (_gate)
        {
            if (!_fresh.Reader.TryRead(out var sent))
            {
                return null;
            }

            _unanswered.Enqueue(sent);
            return sent;
        }
    }

    private SentBatch<TRequest, TAnswer> TakeFirst(ulong number)
    {
        lock (_gate)
        {
            return _unanswered.TryPeek(out var first) && first.Number == number
                ? _unanswered.Dequeue()
                : throw SignalExchangeException.Unfit(
                    $"The exchange answered batch {number} of a stream when {first?.Number ?? 0} was next."
                );
        }
    }

    private void FailFirst(SignalExchangeException failure)
    {
        lock (_gate)
        {
            if (_unanswered.TryDequeue(out var first))
            {
                first.Fail(failure);
            }
        }
    }

    private void FailAll(Exception failure)
    {
        lock (_gate)
        {
            while (_fresh.Reader.TryRead(out var sent))
            {
                _unanswered.Enqueue(sent);
            }

            while (_unanswered.TryDequeue(out var sent))
            {
                sent.Fail(failure);
            }
        }
    }
}
