using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.Writes;

public sealed class WriteQueueTests : WriterTests
{
    private const int Bound = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task One_commit_more_than_the_queue_takes_is_refused()
    {
        var models = Models(Bound + 1);
        using var gate = await GateWrite.HoldAsync(Store, Cancellation);
        var waiting = models
            .Take(Bound)
            .Select(model => model.CommitAsync(Store, model.Next(1), Cancellation))
            .ToList();
        Assert.Equal(Bound, Store.WaitingWrites);

        await Assert.ThrowsAsync<WriteQueueFullException>(() => CommitAsync(models[Bound].Next(1)));

        gate.Open();
        await Task.WhenAll(waiting);
        await models[Bound].CommitAsync(Store, models[Bound].Next(1), Cancellation);
        Assert.All(models, model => Assert.Equal(1, model.Head));
        await ShardAssert.HoldsAsync(models[Bound], Store, Cancellation);
    }

    [Fact]
    public async Task Cancelled_while_it_waits_a_commit_writes_nothing()
    {
        var model = Models(1)[0];
        using var cancellation = new CancellationTokenSource();
        using var gate = await GateWrite.HoldAsync(Store, Cancellation);
        var waiting = Store.CommitAsync(model.Next(1), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, Cancellation));
        gate.Open();
        await gate.Written;
        await model.CommitAsync(Store, model.Next(2), Cancellation);
        await ShardAssert.HoldsAsync(model, Store, Cancellation);
    }

    [Fact]
    public async Task Cancelled_while_it_runs_a_write_is_awaited()
    {
        using var cancellation = new CancellationTokenSource();
        using var gate = await GateWrite.HoldAsync(Store, cancellation.Token);

        await cancellation.CancelAsync();
        Assert.False(gate.Written.IsCompleted);
        gate.Open();

        Assert.True(await gate.Written);
    }

    [Fact]
    public async Task Closing_runs_what_waits_and_takes_no_more()
    {
        var models = Models(Bound);
        using var gate = await GateWrite.HoldAsync(Store, Cancellation);
        var waiting = models.Select(model => model.CommitAsync(Store, model.Next(1), Cancellation)).ToList();

        var closing = Store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => CommitAsync(models[0].Next(2)));
        gate.Open();
        await Task.WhenAll(waiting);
        await closing;

        await ReopenAsync();
        foreach (var model in models)
        {
            await ShardAssert.HoldsAsync(model, Store, Cancellation);
        }
    }

    private protected override void Configure(SqliteStorageOptions options) => options.MaxQueuedCommits = Bound;
}
