using System.IO.Pipelines;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Load;

/// <summary>A body as gRPC reads it: what is no message yet is looked at to its end, a message is taken.</summary>
public sealed class BoundedBodyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Pipe _sent = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly HeldBytes _held = new(new("sends"), limit: 1_000);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_whose_message_is_not_whole_in_time_is_cut_off()
    {
        using var body = NewBody(isStream: false);
        await Send(99);
        await ReadPart(body);
        var waiting = body.ReadAsync(Ct).AsTask();

        _clock.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(ErrorReason.MessageMalformed, await RpcErrors.ReasonOf(() => waiting));
        Assert.Equal(ErrorReason.MessageMalformed, body.Refused?.Reason);
    }

    [Fact]
    public async Task A_call_that_sends_nothing_is_cut_off_and_one_that_is_whole_never_is()
    {
        using var silent = NewBody(isStream: false);
        var waiting = silent.ReadAsync(Ct).AsTask();
        _clock.Advance(Limit);
        Assert.Equal(ErrorReason.MessageMalformed, await RpcErrors.ReasonOf(() => waiting));

        var whole = new Pipe();
        using var body = new BoundedBody(whole.Reader, _held, Limit, isStream: false, _clock);
        await whole.Writer.WriteAsync(new byte[10], Ct);
        await whole.Writer.CompleteAsync();
        var read = await body.ReadAsync(Ct);
        _clock.Advance(10 * Limit);
        body.AdvanceTo(read.Buffer.End);

        Assert.True((await body.ReadAsync(Ct)).IsCompleted);
    }

    [Fact]
    public async Task A_stream_may_be_silent_between_messages_and_not_within_one()
    {
        using var body = NewBody(isStream: true);
        _clock.Advance(TimeSpan.FromHours(1));
        await Send(10);
        await ReadPart(body); // five of ten are looked at as if they were none
        await Send(10);
        await ReadWhole(body);
        _clock.Advance(TimeSpan.FromHours(1));
        await Send(5);
        await ReadPart(body);
        var waiting = body.ReadAsync(Ct).AsTask();
        _clock.Advance(Limit);

        Assert.Equal(ErrorReason.MessageMalformed, await RpcErrors.ReasonOf(() => waiting));
    }

    [Fact]
    public async Task A_stream_whose_next_message_has_come_while_the_exchange_was_busy_owes_nothing()
    {
        using var body = NewBody(isStream: true);
        await Send(20);
        var read = await body.ReadAsync(Ct);
        body.AdvanceTo(read.Buffer.GetPosition(10)); // one message of two
        _clock.Advance(TimeSpan.FromHours(1));

        await ReadWhole(body);
        Assert.Null(body.Refused);
    }

    [Fact]
    public async Task What_a_call_sent_is_held_until_it_ends_and_what_a_stream_sent_until_it_is_a_message()
    {
        using (var call = NewBody(isStream: false))
        {
            await Send(600);
            await ReadWhole(call);
            Assert.Equal(600, _held.Held);
        }

        Assert.Equal(0, _held.Held);
        using var stream = NewBody(isStream: true);
        await Send(600);
        await ReadPart(stream);
        Assert.Equal(600, _held.Held);
        await Send(1); // the rest of the message
        await ReadWhole(stream);
        Assert.Equal(0, _held.Held);
    }

    [Fact]
    public async Task What_is_more_than_the_share_ends_the_call_and_a_byte_less_does_not()
    {
        using var first = NewBody(isStream: false);
        await Send(1_000);
        await ReadPart(first);
        var other = new Pipe();
        using var second = new BoundedBody(other.Reader, _held, Limit, isStream: false, _clock);
        await other.Writer.WriteAsync(new byte[1], Ct);

        var refused = await RpcErrors.Of(async () => await second.ReadAsync(Ct));

        Assert.Equal((ErrorReason.Overloaded, StatusCode.Unavailable), (refused.Reason, refused.Code));
        Assert.Equal("1000", refused.Info.Metadata["limit"]);
    }

    // Less than before would close the connection's window again, and with the next frame all calls on it.
    [Fact]
    public async Task A_refusal_takes_back_nothing_that_was_looked_at()
    {
        var reader = new ExaminedReader(_sent.Reader);
        using var body = new BoundedBody(reader, _held, Limit, isStream: false, _clock);
        await Send(600);
        await ReadPart(body);
        await Send(600);

        Assert.Equal(ErrorReason.Overloaded, await RpcErrors.ReasonOf(async () => await body.ReadAsync(Ct)));

        Assert.Equal([600, 1_200], reader.Examined);
    }

    private BoundedBody NewBody(bool isStream) => new(_sent.Reader, _held, Limit, isStream, _clock);

    private async Task Send(int bytes) => await _sent.Writer.WriteAsync(new byte[bytes], Ct);

    private static async Task ReadPart(BoundedBody body)
    {
        var read = await body.ReadAsync(Ct);
        body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
    }

    private static async Task ReadWhole(BoundedBody body)
    {
        var read = await body.ReadAsync(Ct);
        body.AdvanceTo(read.Buffer.End);
    }
}
