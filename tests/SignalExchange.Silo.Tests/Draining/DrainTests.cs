using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Draining;

namespace SignalExchange.Silo.Tests.Draining;

/// <summary>What a server streams ends with a status when the server stops, on real HTTP/2, and holds no stop up.</summary>
public sealed class DrainTests : IAsyncLifetime
{
    // The host's, after which it would cut whatever is left. No test gets there.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(5);

    // A little more than the window of a stream that is not read, 65,535 bytes: what is left lies in the server's buffer.
    private const int PartBytes = 66_000;

    private readonly Streams _streams = new();
    private WebApplication _app = null!;
    private GrpcChannel _channel = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AuditService.AuditServiceClient Audit => new(_channel);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    listen.Protocols = HttpProtocols.Http2;
                    StreamedConnection.CutOffLate(listen);
                }
            )
        );
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<DrainInterceptor>());
        builder.Services.AddSingleton(_streams);
        _app = builder.Build();
        _app.MapGrpcService<StreamingService>();
        await _app.StartAsync(Ct);
        _channel = GrpcChannel.ForAddress(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Work_between_two_parts_is_called_off()
    {
        using var call = Audit.VerifyLog(new(), cancellationToken: Ct);
        Assert.True(await call.ResponseStream.MoveNext(Ct));

        var stopped = _app.StopAsync(Ct);

        await AssertNotReady(call.ResponseStream);
        await stopped.WaitAsync(TimeSpan.FromMinutes(1), Ct);
        await _streams.WorkEnded.Task.WaitAsync(TimeSpan.FromMinutes(1), Ct);
    }

    [Fact]
    public async Task Parts_that_are_on_their_way_arrive_and_no_more_are_begun()
    {
        using var call = Audit.ExportEntries(new(), cancellationToken: Ct);
        for (var part = 0; part < 100; part++)
        {
            Assert.True(await call.ResponseStream.MoveNext(Ct));
        }

        var stopped = _app.StopAsync(Ct);

        await AssertNotReady(call.ResponseStream);
        await stopped.WaitAsync(TimeSpan.FromMinutes(1), Ct);
    }

    [Fact]
    public async Task A_caller_that_takes_nothing_more_is_cut_off_after_some_seconds()
    {
        using var call = Audit.ExportEntries(new(), cancellationToken: Ct);
        Assert.True(await call.ResponseStream.MoveNext(Ct)); // and then the windows fill

        await _app.StopAsync(Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct);
    }

    [Fact]
    public async Task A_caller_that_leaves_the_last_part_and_the_status_to_lie_is_cut_off_as_well()
    {
        _streams.Parts = 2;
        using var call = Audit.ExportEntries(new(), cancellationToken: Ct);
        Assert.True(await call.ResponseStream.MoveNext(Ct));
        await _streams.WorkEnded.Task.WaitAsync(TimeSpan.FromMinutes(1), Ct);

        await _app.StopAsync(Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct);
    }

    [Fact]
    public async Task What_its_caller_calls_off_is_no_refusal()
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var call = Audit.VerifyLog(new(), cancellationToken: leaving.Token);
        Assert.True(await call.ResponseStream.MoveNext(Ct));

        await leaving.CancelAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Ct));
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        await _streams.WorkEnded.Task.WaitAsync(TimeSpan.FromMinutes(1), Ct);
    }

    private static async Task AssertNotReady<T>(IAsyncStreamReader<T> parts)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await parts.MoveNext(Ct))
            {
                // What was on its way.
            }
        });
        Assert.Equal(
            (StatusCode.Unavailable, ErrorReason.NotReady),
            (failure.StatusCode, RefusalReader.ReasonOf(failure))
        );
    }

    private sealed class Streams
    {
        public int Parts { get; set; } = int.MaxValue;

        public TaskCompletionSource WorkEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class StreamingService(Streams streams) : AuditService.AuditServiceBase
    {
        // Says how far it is once, and then has much to do.
        public override async Task VerifyLog(
            VerifyLogRequest request,
            IServerStreamWriter<VerifyLogResponse> responseStream,
            ServerCallContext context
        )
        {
            Assert.NotNull(context.GetHttpContext());
            await responseStream.WriteAsync(new(), context.CancellationToken);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
            }
            finally
            {
                streams.WorkEnded.TrySetResult();
            }
        }

        public override async Task ExportEntries(
            ExportEntriesRequest request,
            IServerStreamWriter<ExportEntriesResponse> responseStream,
            ServerCallContext context
        )
        {
            for (var part = 0; part < streams.Parts; part++)
            {
                var chunk = new byte[part == 0 ? 1 : PartBytes];
                await responseStream.WriteAsync(
                    new() { Chunk = ByteString.CopyFrom(chunk) },
                    context.CancellationToken
                );
            }

            streams.WorkEnded.TrySetResult();
        }
    }
}
