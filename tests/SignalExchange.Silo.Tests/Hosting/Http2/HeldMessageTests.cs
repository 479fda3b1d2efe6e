using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.Hosting.Http2;

/// <summary>Callers who make the exchange hold what they do not finish, over real sockets.</summary>
[Collection(WholeMachine.Name)]
[Trait(Speed.Name, Speed.Slow)]
public sealed class HeldMessageTests : IAsyncLifetime
{
    private const string Check = "/signalexchange.v1.SignalService/Check";
    private const string CheckStream = "/signalexchange.v1.SignalService/CheckStream";

    // The machine may have much else to do: what is held must not end by time where that is not what is tried.
    private static readonly string[] Patient = ["--Exchange:Connections:MessageTimeout", "00:10:00"];

    private readonly ExchangeFixture _exchange = new();

    public async ValueTask InitializeAsync() => await _exchange.Bootstrap();

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    [Theory]
    [InlineData(Check)]
    [InlineData(CheckStream)]
    public async Task A_message_that_lacks_a_byte_for_too_long_is_let_go(string path)
    {
        await _exchange.Start("--Exchange:Connections:MessageTimeout", "00:00:01");
        using var member = await _exchange.AddMember("lacks-a-byte");
        var before = _exchange.Log.Size;
        await using var rude = await RawConnection.Open(_exchange.Address);
        await rude.Send(RawConnection.Headers, RawConnection.EndHeaders, 1, HeadersOf(member, path));
        await SendMost(rude, stream: 1, 50_000);

        var end = await rude.ReadUntil(IsEnd);

        Assert.Contains("cut short", TextOf(end), StringComparison.Ordinal);
        await ExchangeFixture.Until(() => HeldOf(member) == 0, "nothing of it is held");
        var recorded = await _exchange.EntriesSince(before);
        Assert.Contains(recorded, it => it.Method == path && it.Reason == ErrorReason.MessageMalformed);
    }

    [Fact]
    public async Task A_call_too_many_of_one_member_is_refused_before_its_message_and_another_member_is_answered()
    {
        await _exchange.Start(["--Exchange:Load:MaxCallsPerMember", "2", .. Patient]);
        using var member = await _exchange.AddMember("begins-three");
        var other = await Reporter.Join(_exchange, "is-answered");
        await using var rude = await RawConnection.Open(_exchange.Address);
        foreach (var stream in new[] { 1, 3 })
        {
            await rude.Send(RawConnection.Headers, RawConnection.EndHeaders, stream, HeadersOf(member, Check));
            await SendMost(rude, stream, 50_000);
        }

        await ExchangeFixture.Until(() => HeldOf(member) >= 2 * 50_000, "two messages are held");
        await rude.Send(RawConnection.Headers, RawConnection.EndHeaders, 5, HeadersOf(member, Check));
        var refused = await rude.ReadUntil(IsEnd);

        Assert.Contains("working on as much", TextOf(refused), StringComparison.Ordinal);
        Assert.Equal(5, refused?.Stream);
        Assert.NotNull(await other.Key());
    }

    [Fact]
    public async Task What_a_member_makes_the_exchange_hold_ends_at_its_share_and_another_member_is_answered()
    {
        const int Share = 8_388_608;
        await _exchange.Start(["--Exchange:Load:MaxHeldBytesPerMember", $"{Share}", .. Patient]);
        using var member = await _exchange.AddMember("fills-memory");
        var other = await Reporter.Join(_exchange, "has-room");
        await using var rude = await RawConnection.Open(_exchange.Address);
        var reading = rude.ReadUntil(IsEnd);
        var message = Framed(3_000_000);
        foreach (var (stream, sent) in new[] { (1, message[..^1]), (3, message[..^1]), (5, message[..2_000_000]) })
        {
            await rude.Send(RawConnection.Headers, RawConnection.EndHeaders, stream, HeadersOf(member, Check));
            await SendInPace(rude, stream, sent, member);
        }

        // All that the window allows, at once: it crosses the share halfway, and the rest arrives while the call is refused.
        await SendParts(rude, stream: 5, message[2_000_000..^1], _ => Task.CompletedTask);
        var refused = await reading;

        Assert.Contains("working on as much", TextOf(refused), StringComparison.Ordinal);
        Assert.Equal(5, refused?.Stream);
        Assert.InRange(HeldOf(member), 1, Share);
        Assert.NotNull(await other.Key());
        await rude.Send(0, RawConnection.EndStream, 1, new byte[1]);
        Assert.Equal(1, (await rude.ReadUntil(it => IsEnd(it) && it.Stream != 5))?.Stream); // The others on its connection go on.
    }

    private long HeldOf(TestMember member)
    {
        var memory = _exchange.Services.GetRequiredService<HeldBytesByParty>();
        var held = memory.Open(new(member.MemberId));
        memory.Close(held);
        return held.Held;
    }

    // A message but for its last byte.
    private static Task SendMost(RawConnection connection, int stream, int size) =>
        SendParts(connection, stream, Framed(size)[..^1], _ => Task.CompletedTask);

    // The same, never further ahead of the reader than the windows that it has opened (RFC 9113 section 5.2).
    private Task SendInPace(RawConnection connection, int stream, byte[] bytes, TestMember member)
    {
        var before = HeldOf(member);
        return SendParts(
            connection,
            stream,
            bytes,
            sent => ExchangeFixture.Until(() => HeldOf(member) >= before + sent, "it is held")
        );
    }

    private static async Task SendParts(RawConnection connection, int stream, byte[] bytes, Func<int, Task> sent)
    {
        var done = 0;
        foreach (var piece in bytes.Chunk(15 * 16_384))
        {
            foreach (var part in piece.Chunk(16_384))
            {
                await connection.Send(0, 0, stream, part);
            }

            await sent(done += piece.Length);
        }
    }

    private static byte[] Framed(int size)
    {
        var framed = new byte[5 + size];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), size);
        return framed;
    }

    private static bool IsEnd((byte Type, byte Flags, int Stream, byte[] Payload) frame) =>
        frame.Type is RawConnection.Reset or RawConnection.GoAway
        || (frame.Type == RawConnection.Headers && (frame.Flags & RawConnection.EndStream) != 0);

    private static string TextOf((byte Type, byte Flags, int Stream, byte[] Payload)? frame) =>
        frame switch
        {
            null => "the connection was closed",
            { Type: RawConnection.GoAway } away => "GOAWAY with error " + away.Payload[7], // RFC 9113 sections 6.8 and 7.
            { } known => Encoding.Latin1.GetString(known.Payload),
        };

    private static byte[] HeadersOf(TestMember member, string path) =>
        RawConnection.CallHeaders(path, ("authorization", "Bearer " + member.Sign(TimeProvider.System.GetUtcNow())));
}
