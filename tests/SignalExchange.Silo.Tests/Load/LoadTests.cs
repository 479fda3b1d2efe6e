using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.Load;

/// <summary>An exchange that has as much to do as it takes, seen from outside.</summary>
public sealed class LoadTests(BusyExchange exchange) : IClassFixture<BusyExchange>
{
    private CallGate Gate => exchange.Services.GetRequiredService<CallGate>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_too_many_is_turned_away_with_when_to_come_again_and_operators_still_act()
    {
        var invoker = exchange.InvokerFor(await exchange.AddMember("too-many"));
        var keys = new Contracts.V1.KeyService.KeyServiceClient(invoker);
        var working = await Gate.Enter(new("another"), Ct);
        var waiting = keys.GetKeyManifestsAsync(new(), cancellationToken: Ct).ResponseAsync;
        await ExchangeFixture.Until(() => Gate.Waiting == 1, "a call waits");

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await keys.GetKeyManifestsAsync(new(), cancellationToken: Ct)
        );
        await exchange.AddMember("added-under-load");
        working.Dispose();

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.NotNull(refused.GetRpcStatus()!.GetDetail<RetryInfo>());
        Assert.NotEmpty((await waiting).Manifests);
    }

    [Fact]
    public async Task A_call_whose_deadline_passes_while_it_waits_does_no_work()
    {
        var invoker = exchange.InvokerFor(await exchange.AddMember("too-late"));
        var working = await Gate.Enter(new("another"), Ct);
        var entered = Gate.Entered;
        var deadline = TimeProvider.System.GetUtcNow().AddMilliseconds(300).UtcDateTime;

        var late = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Contracts.V1.KeyService.KeyServiceClient(invoker).GetKeyManifestsAsync(
                new(),
                deadline: deadline,
                cancellationToken: Ct
            )
        );
        await ExchangeFixture.Until(() => Gate.Waiting == 0, "the call left the queue");
        working.Dispose();

        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        Assert.Equal(entered, Gate.Entered);
    }

    [Fact]
    public async Task Open_streams_hold_no_place_and_one_too_many_is_refused()
    {
        var member = await Reporter.Join(exchange, "opens-streams");
        using var first = member.Signals.CheckStream(cancellationToken: Ct);
        using var second = member.Signals.CheckStream(cancellationToken: Ct);
        foreach (var stream in new[] { first, second })
        {
            await stream.RequestStream.WriteAsync(
                new()
                {
                    BatchNumber = 1,
                    Batch = new()
                    {
                        KeyId = (await member.Key()).KeyId,
                        Tokens = Quotas.TestTokens.Pack(0, 3),
                        Purpose = CheckPurpose.Test,
                    },
                },
                Ct
            );
            Assert.True(await stream.ResponseStream.MoveNext(Ct));
        }

        using var third = member.Signals.CheckStream(cancellationToken: Ct);
        var (reason, _) = await exchange.Refusal(() => third.ResponseStream.MoveNext(Ct));
        Assert.Equal(ErrorReason.TooManyStreams, reason);
    }
}
