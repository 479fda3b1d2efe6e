using System.Buffers.Binary;
using Grpc.Core;
using SignalExchange.Silo.Tests.Signals;
using ContractKeyService = SignalExchange.Contracts.V1.KeyService;

namespace SignalExchange.Silo.Tests.Hosting.Http2;

/// <summary>What callers do over real sockets who mean no good: the exchange goes on answering the others.</summary>
[Collection(WholeMachine.Name)]
[Trait(Speed.Name, Speed.Slow)]
public sealed class ConnectionLimitTests(LimitedConnections exchange) : IClassFixture<LimitedConnections>
{
    private const string Check = "/signalexchange.v1.SignalService/Check";
    private const string CheckStream = "/signalexchange.v1.SignalService/CheckStream";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(7_500, true)]
    [InlineData(8_192, false)]
    [InlineData(16_000, false)]
    public async Task Headers_larger_than_the_limit_cost_the_connection_and_nobody_else(int size, bool isAnswered)
    {
        await using var rude = await RawConnection.Open(exchange.Address);
        await rude.Send(
            RawConnection.Headers,
            RawConnection.EndHeaders | RawConnection.EndStream,
            1,
            RawConnection.CallHeaders(Check, ("x-large", new string('a', size)))
        );

        var answer = await rude.ReadUntil(frame => frame.Type == RawConnection.Headers || IsRefusal(frame));

        Assert.Equal(isAnswered, answer is { Type: RawConnection.Headers } && IsGrpc(answer.Value.Payload));
        await RequireAnswers();
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public async Task More_headers_than_the_limit_are_refused(int count, bool isAnswered)
    {
        await using var rude = await RawConnection.Open(exchange.Address);
        // Six stand there already, pseudo-headers among them.
        var others = Enumerable.Range(0, count - 6).Select(number => ($"x-{number}", "1")).ToArray();
        await rude.Send(
            RawConnection.Headers,
            RawConnection.EndHeaders | RawConnection.EndStream,
            1,
            RawConnection.CallHeaders(Check, others)
        );

        var answer = await rude.ReadUntil(frame => frame.Type == RawConnection.Headers || IsRefusal(frame));

        Assert.Equal(isAnswered, answer is { Type: RawConnection.Headers } && IsGrpc(answer.Value.Payload));
        await RequireAnswers();
    }

    [Fact]
    public async Task Headers_that_never_end_are_cut_off()
    {
        await using var hasty = await Start("--Exchange:Connections:HeadersTimeout", "00:00:01");
        await using var rude = await RawConnection.Open(hasty.Address);
        await rude.Send(RawConnection.Headers, 0, 1, RawConnection.CallHeaders(Check));

        Assert.Null(await rude.ReadUntil(frame => false));
        await RequireAnswers(hasty);
    }

    [Fact]
    public async Task A_hundred_connections_are_served_and_the_next_is_closed()
    {
        await using var full = await Start("--Exchange:Connections:MaxConnections", "100");
        var connections = new List<RawConnection>();
        for (var number = 0; number < 100; number++)
        {
            connections.Add(await RawConnection.Open(full.Address));
            Assert.NotNull(await connections[number].ReadUntil(frame => frame.Type == RawConnection.Settings));
        }

        await using (var next = await RawConnection.Open(full.Address))
        {
            Assert.Null(await next.ReadUntil(frame => frame.Type == RawConnection.Settings));
        }

        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        await Eventually(() => RequireAnswers(full));
    }

    [Fact]
    public async Task A_stream_too_many_on_one_connection_is_refused_and_the_others_stay()
    {
        using var member = await exchange.AddMember("opens-101");
        await using var rude = await RawConnection.Open(exchange.Address);
        for (var number = 0; number <= 100; number++)
        {
            await rude.Send(RawConnection.Headers, RawConnection.EndHeaders, (2 * number) + 1, HeadersOf(member));
        }

        var reset = await rude.ReadUntil(frame => frame.Type == RawConnection.Reset);

        Assert.Equal(201, reset?.Stream);
        Assert.Equal(7, BinaryPrimitives.ReadInt32BigEndian(reset?.Payload)); // REFUSED_STREAM
        await RequireAnswers();
    }

    [Fact]
    public async Task Streams_opened_and_reset_at_once_cost_the_connection_and_nobody_else()
    {
        using var member = await exchange.AddMember("resets");
        var headers = HeadersOf(member);
        await using var rude = await RawConnection.Open(exchange.Address);
        var reading = rude.ReadUntil(_ => false);

        var sending = Task.Run(() => ResetRapidly(rude, headers), Ct);
        for (var call = 0; call < 20; call++)
        {
            await RequireAnswers();
        }

        await sending;
        Assert.Null(await reading);
        await RequireAnswers();
    }

    [Fact]
    public async Task A_reader_that_does_not_read_loses_its_connection_and_nobody_else()
    {
        // The grace is for the honest ones, on a machine that has much else to do.
        await using var strict = await Start(
            "--Exchange:Connections:MinBytesPerSecond",
            "100000",
            "--Exchange:Connections:MinRateGrace",
            "00:00:05"
        );
        var honest = await Reporter.Join(strict, "is-read-slowly");
        var request = await honest.CheckRequestOf([]);
        request.Tokens = Quotas.TestTokens.Pack(0, 5_000);
        using var slow = await strict.AddMember("reads-slowly");
        // A window of one byte: the answer's positions of 256 shards, about 2 KiB, never fit.
        await using var rude = await RawConnection.Open(strict.Address, initialWindow: 1);
        await rude.Send(RawConnection.Headers, RawConnection.EndHeaders, 1, HeadersOf(slow, Check));
        await SendMessage(rude, 1, Google.Protobuf.MessageExtensions.ToByteArray(request));

        var end = await rude.ReadUntil(frame => frame.Type is RawConnection.Reset or RawConnection.GoAway);

        Assert.True(end is null or { Type: RawConnection.Reset or RawConnection.GoAway });
        await RequireAnswers(strict);
    }

    [Fact]
    public async Task Thousands_of_idle_streams_keep_nobody_waiting()
    {
        var connections = new List<RawConnection>();
        for (var owner = 0; owner < 3; owner++)
        {
            using var member = await exchange.AddMember($"idles-{owner}");
            for (var number = 0; number < 10; number++)
            {
                var connection = await RawConnection.Open(exchange.Address);
                connections.Add(connection);
                for (var stream = 0; stream < 100; stream++)
                {
                    await connection.Send(
                        RawConnection.Headers,
                        RawConnection.EndHeaders,
                        (2 * stream) + 1,
                        HeadersOf(member, CheckStream)
                    );
                }
            }
        }

        // A ping comes back behind the streams before it: they are all open.
        foreach (var connection in connections)
        {
            await connection.Send(RawConnection.Ping, 0, 0, new byte[8]);
            Assert.NotNull(await connection.ReadUntil(frame => frame.Type == RawConnection.Ping && frame.Flags == 1));
        }

        // Nobody waits for a stream to end: they never do.
        for (var call = 0; call < 20; call++)
        {
            await RequireAnswers();
        }

        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    // For limits that would be in the way of the other tests.
    private static async Task<ExchangeFixture> Start(params string[] settings)
    {
        var own = new ExchangeFixture { Settings = settings };
        await own.InitializeAsync();
        return own;
    }

    // Until the server has had enough.
    private static async Task ResetRapidly(RawConnection rude, byte[] headers)
    {
        var cancel = new byte[] { 0, 0, 0, 8 };
        var isOpen = true;
        for (var stream = 1; isOpen && stream < 2_000_000; stream += 2)
        {
            isOpen = await rude.SendBytes(
                (byte[])
                    [
                        .. RawConnection.Frame(RawConnection.Headers, RawConnection.EndHeaders, stream, headers),
                        .. RawConnection.Frame(RawConnection.Reset, 0, stream, cancel),
                    ]
            );
        }
    }

    private static async Task SendMessage(RawConnection connection, int stream, byte[] message)
    {
        var framed = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, 5);
        foreach (var part in framed.Chunk(16_384))
        {
            await connection.Send(0, 0, stream, part);
        }

        await connection.Send(0, RawConnection.EndStream, stream, ReadOnlyMemory<byte>.Empty);
    }

    private static byte[] HeadersOf(TestMember member, string path = CheckStream) =>
        RawConnection.CallHeaders(path, ("authorization", "Bearer " + member.Sign(TimeProvider.System.GetUtcNow())));

    // 431 closes the stream or the connection, whichever the server finds fitting; a gRPC answer has status 200.
    private static bool IsGrpc(byte[] payload) => payload[0] == 0x88;

    private static bool IsRefusal((byte Type, byte Flags, int Stream, byte[] Payload) frame) =>
        frame.Type is RawConnection.Reset or RawConnection.GoAway;

    private Task RequireAnswers() => RequireAnswers(exchange);

    /// <summary>Somebody else, on a connection of its own, is answered.</summary>
    private static async Task RequireAnswers(ExchangeFixture asked)
    {
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(asked.Address);
        var header = new Metadata
        {
            { "authorization", "Bearer " + asked.Operator.Sign(TimeProvider.System.GetUtcNow()) },
        };
        var deadline = TimeProvider.System.GetUtcNow().AddMinutes(1).UtcDateTime;
        var keys = new ContractKeyService.KeyServiceClient(channel);
        Assert.NotEmpty((await keys.GetKeyManifestsAsync(new(), header, deadline, Ct)).Manifests);
    }

    private static async Task Eventually(Func<Task> act)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await act();
                return;
            }
            catch (RpcException) when (attempt < 600)
            {
                await Task.Delay(100, Ct);
            }
        }
    }
}
