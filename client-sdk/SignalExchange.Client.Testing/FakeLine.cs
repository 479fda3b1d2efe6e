using SignalExchange.Client.Transport;

namespace SignalExchange.Client.Testing;

/// <summary>A line to a fake exchange: every batch is a call.</summary>
internal sealed class FakeLine<TBatch, TAnswer>(Func<TBatch, CancellationToken, Task<TAnswer>> call)
    : IBatchLine<TBatch, TAnswer>
{
    public Task<TAnswer> SendAsync(TBatch batch, CancellationToken cancellationToken) => call(batch, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
