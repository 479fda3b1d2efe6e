namespace SignalExchange.Tokens.Canonical;

/// <summary>The canonical forms as one versioned set.</summary>
public static class CanonicalForms
{
    /// <summary>
    /// The version of all forms together, as the key manifest's <c>canon</c> names it. It changes when any text would get
    /// other canonical bytes, because such a change splits one person's indicator in two until the next epoch.
    /// </summary>
    public const string Version = "canon-1";
}
