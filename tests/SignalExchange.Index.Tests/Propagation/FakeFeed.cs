using Orleans.Concurrency;
using SignalExchange.Index.Propagation;

namespace SignalExchange.Index.Tests.Propagation;

/// <summary>Another silo's feed, which takes its time or fails as told.</summary>
internal sealed class FakeFeed : IIndexFeedService
{
    private readonly Lock _gate = new();
    private readonly List<CommittedRow[]> _batches = [];

    /// <summary>Gets or sets what each delivery waits for before it is taken; null for nothing.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public Exception? Failure { get; set; }

    public IReadOnlyList<CommittedRow[]> Batches
    {
        get
        {
            lock (_gate)
            {
                return [.. _batches];
            }
        }
    }

    public async Task Deliver(Immutable<CommittedRow[]> rows)
    {
        lock (_gate)
        {
            _batches.Add(rows.Value);
        }

        if (Failure is { } failure)
        {
            throw failure;
        }

        await (Gate?.Task ?? Task.CompletedTask);
    }

    public Task<Immutable<OwnedHead[]>> Heads() => Task.FromResult(Array.Empty<OwnedHead>().AsImmutable());
}
