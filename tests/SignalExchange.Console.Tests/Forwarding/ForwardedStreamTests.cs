using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Silo.Forwarding;

namespace SignalExchange.WebConsole.Tests.Forwarding;

/// <summary>A stream that a silo holds for a page of another one.</summary>
public sealed class ForwardedStreamTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<byte[]> _answers = Channel.CreateUnbounded<byte[]>();
    private readonly ForwardedStream _stream;

    public ForwardedStreamTests() =>
        _stream = new(
            _ =>
                new(
                    new Answers(_answers.Reader),
                    Task.FromResult(new Metadata()),
                    static () => Status.DefaultSuccess,
                    static () => [],
                    static () => { }
                ),
            _time
        );

    [Fact]
    public void One_that_nobody_reads_for_its_patience_ends()
    {
        _time.Advance(ForwardedStream.Patience - TimeSpan.FromTicks(1));
        Assert.False(_stream.Ended.IsCancellationRequested);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_stream.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task One_that_is_read_goes_on_for_as_long_again()
    {
        await _answers.Writer.WriteAsync([1], TestContext.Current.CancellationToken);
        _time.Advance(ForwardedStream.Patience - TimeSpan.FromTicks(1));

        Assert.Equal([1], Assert.Single((await _stream.Read()).Messages));

        _time.Advance(ForwardedStream.Patience - TimeSpan.FromTicks(1));
        Assert.False(_stream.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task A_read_that_nothing_comes_for_is_answered_all_the_same()
    {
        var reading = _stream.Read();

        await TestKit.Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return reading.IsCompleted;
            },
            "an answer without a message"
        );

        var part = await reading;
        Assert.Empty(part.Messages);
        Assert.Null(part.End);
    }

    [Fact]
    public async Task What_came_is_cut_in_parts_and_the_last_says_that_it_is()
    {
        for (var number = 0; number < 300; number++)
        {
            _answers.Writer.TryWrite([(byte)number]);
        }

        _answers.Writer.Complete();

        var parts = new[] { await _stream.Read(), await _stream.Read() };
        Assert.Equal([256, 44], parts.Select(part => part.Messages.Count));
        Assert.Null(parts[0].End);
        Assert.Equal((int)StatusCode.OK, parts[1].End?.StatusCode);
    }

    public void Dispose() => _stream.Dispose();

    private sealed class Answers(ChannelReader<byte[]> reader) : IAsyncStreamReader<byte[]>
    {
        public byte[] Current { get; private set; } = [];

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await reader.WaitToReadAsync(cancellationToken))
            {
                return false;
            }

            Current = await reader.ReadAsync(cancellationToken);
            return true;
        }
    }
}
