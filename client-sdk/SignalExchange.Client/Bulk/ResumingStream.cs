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
    // How long the exchange gets to end the stream by itself when nothing more goes out.
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
        catch (TimeoutException)
        {
            throw Late();
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

    /// <summary>Returns the failure of a batch that was waited for long enough: what broke the last connection, if one broke.</summary>
    private SignalExchangeException Late() =>
        new(
            StatusCode.DeadlineExceeded,
            _lastBreak?.Refusal,
            _lastBreak?.Trace,
            _lastBreak?.InnerException
                ?? new TimeoutException(
                    $"A batch of the {method.Name} stream had no answer for {patience.TotalSeconds:0} seconds, over a connection that did not break."
                )
        );

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
        finally
        {
            FailAll(new ObjectDisposedException(nameof(ResumingStream<,,,>)));
        }
    }

    /// <summary>Waits until there is a batch to send, and takes it, so that a connection that is refused is refused to somebody.</summary>
    private async Task<bool> HasBatchAsync() =>
        UnansweredCount > 0
        || (await _fresh.Reader.WaitToReadAsync(_closed.Token).ConfigureAwait(false) && TryTake() is not null);

    /// <summary>Talks over one connection until it ends, and decides what its end means.</summary>
    private async Task ConnectAsync()
    {
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        try
        {
            using var call = method.Open(new CallOptions(cancellationToken: connection.Token));
            await TalkAsync(call, connection).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _closed.Token.ThrowIfCancellationRequested();
            await HandleAsync((failure as RpcException)?.ToSignalExchangeException() ?? failure).ConfigureAwait(false);
        }
    }

    private async Task HandleAsync(Exception failure)
    {
        if (failure is not SignalExchangeException { IsTransient: true } broken)
        {
            FailFirst(failure);
            return;
        }

        _lastBreak = broken;
        var delay = _backoff.Next();
        ClientLog.StreamBroke(log, method.Name, broken.Message, UnansweredCount, Math.Round(delay.TotalMilliseconds));
        ClientTelemetry.CountReconnect(method.Name);
        await Task.Delay(delay, _closed.Token).ConfigureAwait(false);
    }

    /// <summary>Reads and writes side by side; what became of the connection is told by the reading.</summary>
    private async Task TalkAsync(AsyncDuplexStreamingCall<TRequest, TResponse> call, CancellationTokenSource connection)
    {
        var writing = WriteAsync(call.RequestStream, connection);
        try
        {
            await ReadAsync(call.ResponseStream).ConfigureAwait(false);
        }
        finally
        {
            await connection.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Writes what has no answer, then what comes.</summary>
    private async Task WriteAsync(IClientStreamWriter<TRequest> requests, CancellationTokenSource connection)
    {
        try
        {
            foreach (var sent in Unanswered())
            {
                await requests.WriteAsync(sent.Request, connection.Token).ConfigureAwait(false);
            }

            while (await _fresh.Reader.WaitToReadAsync(connection.Token).ConfigureAwait(false))
            {
                while (TryTake() is { } sent)
                {
                    await requests.WriteAsync(sent.Request, connection.Token).ConfigureAwait(false);
                }
            }

            await requests.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Nothing more goes out. The reading learns the status by itself as a rule; if it does not, it is not left waiting.
            connection.CancelAfter(FarewellLimit);
            throw;
        }
    }

    private async Task ReadAsync(IAsyncStreamReader<TResponse> responses)
    {
        while (await responses.MoveNext(_closed.Token).ConfigureAwait(false))
        {
            var number = method.NumberOf(responses.Current);
            var sent = TakeFirst(number);
            method.NoteAnswer(sent.Request, responses.Current);
            sent.Complete(method.AnswerOf(responses.Current));
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

    private void FailFirst(Exception failure)
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
