using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Signals;

/// <summary>Who may see a signal. The one place where that is decided.</summary>
public static class Visibility
{
    /// <summary>Whether the caller may see the signal: it is its own, it is for everybody, or they share a group.</summary>
    /// <remarks>Pure. TLP says what a receiver may do further on; who receives is said by the groups alone.</remarks>
    public static bool CanSee(Signal signal, Caller caller)
    {
        var audience = signal.Statement.Audience;
        return signal.Owner == caller.Member.Value
            || (audience.GroupIds.Count == 0 && IsForEverybody(audience.ShareLevel))
            || audience.GroupIds.Any(caller.Groups.Contains);
    }

    /// <summary>Whether a share level may go without groups.</summary>
    public static bool IsForEverybody(ShareLevel level) => level is ShareLevel.Clear or ShareLevel.Green;
}
