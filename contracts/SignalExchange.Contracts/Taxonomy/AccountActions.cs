using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Taxonomy;

/// <summary>Which actions go against the person behind an account.</summary>
public static class AccountActions
{
    /// <summary>Whether the action restricts, removes or closes something of the person's.</summary>
    public static bool IsEnforcement(this AccountAction action) =>
        action is >= AccountAction.AccountTerminated and <= AccountAction.MonetaryTermination or AccountAction.Warned;
}
