using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Testing;

/// <summary>What a test wants to go wrong.</summary>
internal sealed class FakeScript
{
    private readonly Queue<ErrorReason> _failures = new();
    private readonly Queue<ErrorReason> _refusals = new();

    public void Fail(ErrorReason reason, int calls) => Add(_failures, reason, calls);

    public void Refuse(ErrorReason reason, int items) => Add(_refusals, reason, items);

    public ErrorReason? NextFailure() => _failures.TryDequeue(out var reason) ? reason : null;

    /// <summary>Returns why the next item is refused; null when it is not. An unspecified reason lets one item pass.</summary>
    public ErrorReason? NextRefusal() =>
        _refusals.TryDequeue(out var reason) && reason != ErrorReason.Unspecified ? reason : null;

    private static void Add(Queue<ErrorReason> queue, ErrorReason reason, int times)
    {
        for (var time = 0; time < times; time++)
        {
            queue.Enqueue(reason);
        }
    }
}
