namespace SignalExchange.WebConsole;

/// <summary>Tells an open page that its session is over. One a circuit; safe from any thread.</summary>
public sealed class SessionEnd
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets what completes when it is over.</summary>
    public Task Over => _over.Task;

    /// <summary>The session is over.</summary>
    public void Raise() => _over.TrySetResult();
}
