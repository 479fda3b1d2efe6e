using SignalExchange.Storage.Azure.Requests;

namespace SignalExchange.Storage.Azure.Tests.Requests;

public sealed class WriteGateTests
{
    private readonly TaskCompletionSource<int> _service = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_more_than_may_wait_is_refused_and_the_others_get_their_turn()
    {
        var gate = new WriteGate(maxRunning: 2, maxWaiting: 3);
        Task<int>[] writes = [.. Enumerable.Range(0, 5).Select(_ => RunAsync(gate))];
        Assert.Equal(3, gate.Waiting);

        await Assert.ThrowsAsync<WriteQueueFullException>(() => RunAsync(gate));

        _service.SetResult(7);
        Assert.All(await Task.WhenAll(writes), result => Assert.Equal(7, result));
        Assert.Equal(0, gate.Waiting);
    }

    [Fact]
    public async Task Write_that_waits_can_be_cancelled_and_makes_room()
    {
        var gate = new WriteGate(maxRunning: 1, maxWaiting: 1);
        using var patience = new CancellationTokenSource();
        var (running, waiting) = (RunAsync(gate), gate.RunAsync(() => _service.Task, patience.Token));

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var next = RunAsync(gate);
        Assert.Equal(1, gate.Waiting);
        _service.SetResult(1);
        await Task.WhenAll(running, next);
    }

    [Fact]
    public async Task Closing_waits_for_the_writes_that_run()
    {
        var gate = new WriteGate(maxRunning: 4, maxWaiting: 1);
        var running = RunAsync(gate);
        var closing = gate.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);

        _service.SetResult(1);

        await running;
        await closing;
    }

    private Task<int> RunAsync(WriteGate gate) => gate.RunAsync(() => _service.Task, Cancellation);
}
