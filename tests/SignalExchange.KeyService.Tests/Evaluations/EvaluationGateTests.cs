using SignalExchange.KeyService.Evaluations;

namespace SignalExchange.KeyService.Tests.Evaluations;

public sealed class EvaluationGateTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_work_so_many_wait_and_the_next_is_turned_away()
    {
        using var gate = new EvaluationGate(maxConcurrent: 2, maxQueued: 1);
        Assert.True(await gate.TryEnterAsync(Cancelled));
        Assert.True(await gate.TryEnterAsync(Cancelled));
        var waiting = gate.TryEnterAsync(Cancelled).AsTask();
        Assert.False(waiting.IsCompleted);

        Assert.False(await gate.TryEnterAsync(Cancelled));

        gate.Leave();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Without_a_queue_whoever_finds_no_place_is_turned_away()
    {
        using var gate = new EvaluationGate(maxConcurrent: 1, maxQueued: 0);
        Assert.True(await gate.TryEnterAsync(Cancelled));
        Assert.False(await gate.TryEnterAsync(Cancelled));
        gate.Leave();
        Assert.True(await gate.TryEnterAsync(Cancelled));
    }

    [Fact]
    public async Task Who_gives_up_waiting_makes_room_in_the_queue()
    {
        using var gate = new EvaluationGate(maxConcurrent: 1, maxQueued: 1);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        Assert.True(await gate.TryEnterAsync(Cancelled));
        var impatient = gate.TryEnterAsync(source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);

        var patient = gate.TryEnterAsync(Cancelled).AsTask();
        Assert.False(patient.IsCompleted);
        gate.Leave();
        Assert.True(await patient);
    }

    [Fact]
    public async Task First_come_is_first_served()
    {
        using var gate = new EvaluationGate(maxConcurrent: 1, maxQueued: 2);
        Assert.True(await gate.TryEnterAsync(Cancelled));
        var first = gate.TryEnterAsync(Cancelled).AsTask();
        var second = gate.TryEnterAsync(Cancelled).AsTask();
        gate.Leave();
        Assert.True(await first);
        Assert.False(second.IsCompleted);
        gate.Leave();
        Assert.True(await second);
    }
}
