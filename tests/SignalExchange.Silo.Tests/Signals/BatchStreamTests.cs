using System.Threading.Channels;
using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Signals;
using SignalExchange.TestKit;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>How a stream of batches ends when its server stops or a batch fails.</summary>
public sealed class BatchStreamTests : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<string> _requests = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly Dictionary<string, TaskCompletionSource<string>> _work = [];
    private int _held;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task A_server_that_stops_answers_what_it_has_read_and_then_says_that_it_stops()
    {
        var running = Run("first", "second");
        await UntilReadAsync();

        await _stopping.CancelAsync();
        Assert.False(running.IsCompleted);
        _work["first"].SetResult("1");
        _work["second"].SetResult("2");

        var failure = await Assert.ThrowsAsync<RpcException>(() => running);
        Assert.Equal(
            (StatusCode.Unavailable, ErrorReason.NotReady),
            (failure.StatusCode, RefusalReader.ReasonOf(failure))
        );
        Assert.Equal(["1", "2"], await AnswersAsync());
        Assert.Equal(0, _held);
    }

    [Fact]
    public async Task A_caller_that_is_done_gets_its_answers_although_the_server_stops()
    {
        var running = Run("first");
        await UntilReadAsync();
        _requests.Writer.Complete();

        await _stopping.CancelAsync();
        _work["first"].SetResult("1");

        await running;
        Assert.Equal(["1"], await AnswersAsync());
        Assert.Equal(0, _held);
    }

    [Fact]
    public async Task A_batch_that_fails_ends_the_stream_after_the_answers_before_it()
    {
        var running = Run("first", "second", "third");
        await UntilReadAsync();
        _work["third"].SetResult("3");
        _work["second"].SetException(new InvalidOperationException("refused"));
        _work["first"].SetResult("1");

        await Assert.ThrowsAsync<InvalidOperationException>(() => running);
        Assert.Equal(["1"], await AnswersAsync());
        Assert.Equal(0, _held);
    }

    private Task Run(params string[] batches)
    {
        foreach (var batch in batches)
        {
            _work[batch] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Assert.True(_requests.Writer.TryWrite(batch));
        }

        return new BatchStream<string, string>(maxParallel: 4, _stopping.Token).Run(
            new Requests(_requests.Reader),
            new Answers(_answers.Writer),
            (_, _) =>
            {
                Interlocked.Increment(ref _held);
                return new(new Hold(this));
            },
            (batch, _) => _work[batch].Task,
            Ct
        );
    }

    private Task UntilReadAsync() =>
        Eventually.TrueAsync(() => Volatile.Read(ref _held) == _work.Count, "every batch is read");

    private ValueTask<List<string>> AnswersAsync()
    {
        _answers.Writer.Complete();
        return _answers.Reader.ReadAllAsync(Ct).ToListAsync(Ct);
    }

    private sealed class Hold(BatchStreamTests test) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref test._held);
    }

    private sealed class Requests(ChannelReader<string> requests) : IAsyncStreamReader<string>
    {
        public string Current { get; private set; } = "";

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await requests.WaitToReadAsync(cancellationToken))
            {
                return false;
            }

            Assert.True(requests.TryRead(out var next));
            Current = next;
            return true;
        }
    }

    private sealed class Answers(ChannelWriter<string> answers) : IServerStreamWriter<string>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message) => WriteAsync(message, CancellationToken.None);

        public Task WriteAsync(string message, CancellationToken cancellationToken) =>
            answers.WriteAsync(message, cancellationToken).AsTask();
    }
}
