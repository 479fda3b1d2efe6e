namespace SignalExchange.WebConsole;

/// <summary>Tells an open page that its session is over. One a circuit; safe from any thread.</summary>
public sealed class SessionEnd
{
    private int _isOver;

    /// <summary>Raised once, on any thread.</summary>
    public event Action? Over;

    /// <summary>Gets whether it is over.</summary>
    public bool IsOver => Volatile.Read(ref _isOver) != 0;

    /// <summary>The session is over.</summary>
    public void Raise()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            Over?.Invoke();
        }
    }
}
