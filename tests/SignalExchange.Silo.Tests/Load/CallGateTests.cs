using Grpc.Core;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Load;

public sealed class CallGateTests
{
    private static readonly LoadParty A = new("gate-a");
    private static readonly LoadParty B = new("gate-b");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_work_as_may_as_many_wait_as_may_and_one_more_is_turned_away()
    {
        using var gate = NewGate(working: 2, waiting: 1);
        var first = await gate.Enter(A, Ct);
        using var second = await gate.Enter(A, Ct);
        var third = gate.Enter(A, Ct).AsTask();

        var refused = await RpcErrors.Of(async () => await gate.Enter(A, Ct));

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
        var working = await gate.Enter(A, Ct);
        using var gone = new CancellationTokenSource();
        var waiting = gate.Enter(A, gone.Token).AsTask();

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        working.Dispose();

        Assert.Equal((0, 1), (gate.Waiting, gate.Entered));
        (await gate.Enter(A, Ct)).Dispose();
    }

    [Fact]
    public async Task A_member_that_wants_every_place_gets_its_share_and_another_goes_in_at_once()
    {
        using var gate = NewGate(working: 4, waiting: 1_000, placesEach: 2);
        var flood = Enumerable.Range(0, 100).Select(_ => gate.Enter(A, Ct).AsTask()).ToList();

        using var first = await gate.Enter(B, Ct).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Ct);
        using var second = await gate.Enter(B, Ct).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Ct);

        Assert.Equal(2, flood.Count(call => call.IsCompleted));
        Assert.Equal(98, gate.Waiting);
    }

    [Fact]
    public async Task However_many_of_one_member_wait_another_member_is_next_in_its_turn()
    {
        using var gate = NewGate(working: 1, waiting: 1_000);
        var working = await gate.Enter(A, Ct);
        var flood = Enumerable.Range(0, 100).Select(_ => gate.Enter(A, Ct).AsTask()).ToList();
        var honest = gate.Enter(B, Ct).AsTask();

        working.Dispose();
        (await flood[0]).Dispose();
        using var served = await honest.WaitAsync(TimeSpan.FromMinutes(1), Ct);

        Assert.Equal(1, flood.Count(call => call.IsCompleted));
        Assert.Equal(99, gate.Waiting);
    }

    [Fact]
    public async Task A_member_fills_its_share_of_the_queue_and_no_more_of_it()
    {
        using var gate = NewGate(working: 1, waiting: 10, waitingEach: 3);
        using var working = await gate.Enter(A, Ct);
        var waiting = Enumerable.Range(0, 3).Select(_ => gate.Enter(A, Ct).AsTask()).ToList();

        var refused = await RpcErrors.Of(async () => await gate.Enter(A, Ct));
        var others = gate.Enter(B, Ct).AsTask();

        Assert.Equal((ErrorReason.Overloaded, "3"), (refused.Reason, refused.Info.Metadata["limit"]));
        Assert.False(others.IsFaulted);
        Assert.Equal(4, gate.Waiting);
    }

    [Fact]
    public async Task No_place_is_lost_or_made_by_any_order_of_entering_waiting_and_leaving()
    {
        using var gate = NewGate(working: 3, waiting: 10_000, placesEach: 2);
        var (inside, most) = (0, 0);
        await Parallel.ForAsync(
            0,
            2_000,
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Ct },
            async (number, _) =>
            {
                using var gone = new CancellationTokenSource();
                var entering = gate.Enter(new($"party-{number % 5}"), gone.Token).AsTask();
                if (number % 7 == 0)
                {
                    await gone.CancelAsync();
                }

                try
                {
                    using var place = await entering;
                    var now = Interlocked.Increment(ref inside);
                    InterlockedMax(ref most, now);
                    await Task.Yield();
                    Interlocked.Decrement(ref inside);
                }
                catch (OperationCanceledException) { }
            }
        );

        Assert.InRange(most, 1, 3);
        Assert.Equal(0, gate.Waiting);
        using var one = await gate.Enter(A, Ct);
        using var two = await gate.Enter(A, Ct);
        using var three = await gate.Enter(B, Ct);
    }

    [Fact]
    public void A_members_streams_are_its_own_to_the_last()
    {
        using var gate = NewGate(streams: 2);
        var first = gate.OpenStream(A);
        using var second = gate.OpenStream(A);

        var refused = Assert.Throws<RpcException>(() => gate.OpenStream(A));
        using var others = gate.OpenStream(B);
        first.Dispose();
        using var again = gate.OpenStream(A);

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public void A_members_calls_are_its_own_to_the_last()
    {
        using var gate = NewGate(calls: 2);
        var first = gate.TryBegin(A);
        using var second = gate.TryBegin(A);

        Assert.Null(gate.TryBegin(A));
        using var others = gate.TryBegin(B);
        Assert.NotNull(others);
        first!.Dispose();
        using var again = gate.TryBegin(A);
        Assert.NotNull(again);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var known = Volatile.Read(ref most); value > known; )
        {
            known = Interlocked.CompareExchange(ref most, value, known);
        }
    }

    private static CallGate NewGate(
        int working = 1,
        int waiting = 0,
        int streams = 1,
        int calls = 1,
        int placesEach = 100,
        int waitingEach = 10_000
    ) =>
        new(
            Options.Create(
                new LoadOptions
                {
                    MaxConcurrentCalls = working,
                    MaxWaitingCalls = waiting,
                    MaxPlacesPerMember = placesEach,
                    MaxWaitingCallsPerMember = waitingEach,
                    MaxStreamsPerMember = streams,
                    MaxCallsPerMember = calls,
                }
            )
        );
}
