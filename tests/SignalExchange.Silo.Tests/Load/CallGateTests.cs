using Grpc.Core;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Load;

public sealed class CallGateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_work_as_may_as_many_wait_as_may_and_one_more_is_turned_away()
    {
        using var gate = NewGate(working: 2, waiting: 1);
        var first = await gate.Enter(Ct);
        using var second = await gate.Enter(Ct);
        var third = gate.Enter(Ct).AsTask();

        var refused = await RpcErrors.Of(async () => await gate.Enter(Ct));

        Assert.Equal((ErrorReason.Overloaded, StatusCode.Unavailable), (refused.Reason, refused.Code));
        Assert.Equal("1", refused.Info.Metadata["limit"]);
        Assert.False(third.IsCompleted);
        first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Who_stops_waiting_leaves_the_queue_and_never_works()
    {
        using var gate = NewGate(working: 1, waiting: 1);
        var working = await gate.Enter(Ct);
        using var gone = new CancellationTokenSource();
        var waiting = gate.Enter(gone.Token).AsTask();

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        working.Dispose();

        Assert.Equal((0, 1), (gate.Waiting, gate.Entered));
        (await gate.Enter(Ct)).Dispose();
    }

    [Fact]
    public void A_members_streams_are_its_own_to_the_last()
    {
        using var gate = NewGate(streams: 2);
        var (a, b) = (new MemberId("streams-a"), new MemberId("streams-b"));
        var first = gate.OpenStream(a);
        using var second = gate.OpenStream(a);

        var refused = Assert.Throws<RpcException>(() => gate.OpenStream(a));
        using var others = gate.OpenStream(b);
        first.Dispose();
        using var again = gate.OpenStream(a);

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    private static CallGate NewGate(int working = 1, int waiting = 0, int streams = 1) =>
        new(
            Options.Create(
                new LoadOptions
                {
                    MaxConcurrentCalls = working,
                    MaxWaitingCalls = waiting,
                    MaxStreamsPerMember = streams,
                }
            )
        );
}
