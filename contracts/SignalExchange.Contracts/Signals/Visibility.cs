using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Signals;

/// <summary>Who may see a signal. The one place where that is decided.</summary>
public static class Visibility
{
    /// <summary>Whether the caller may see the signal.</summary>
    /// <remarks>
    /// Pure. One's own always. Another's if neither side is in test mode, the law of the caller allows the delivery, and it is
    /// for everybody or they share a group. TLP says what a receiver may do further on; who receives is said by the groups alone.
    /// </remarks>
    public static bool CanSee(Signal signal, Caller caller) =>
        signal.Owner == caller.Member.Value
        || (
            !signal.Test
            && !caller.IsTest
            && Delivery.IsLawful(signal.Statement.Legal, caller)
            && IsAddressed(signal, caller)
        );

    /// <summary>Whether a share level may go without groups.</summary>
    public static bool IsForEverybody(ShareLevel level) => level is ShareLevel.Clear or ShareLevel.Green;

    private static bool IsAddressed(Signal signal, Caller caller)
    {
        var audience = signal.Statement.Audience;
        return (audience.GroupIds.Count == 0 && IsForEverybody(audience.ShareLevel))
            || audience.GroupIds.Any(caller.Groups.Contains);
    }
}
