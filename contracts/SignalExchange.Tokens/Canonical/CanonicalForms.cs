namespace SignalExchange.Tokens.Canonical;

/// <summary>The canonical forms as one versioned set.</summary>
/// <remarks>
/// canon-1 is the rules of this folder with libphonenumber 9.0.43, Unicode 17.0 and the confusables of Unicode 13.0. Its
/// truth is <c>contracts/vectors/canonical</c>. Constant; safe from any thread.
/// </remarks>
public static class CanonicalForms
{
    /// <summary>
    /// The version of all forms together, as the key manifest's <c>canon</c> names it. It changes when any text would get
    /// other canonical bytes, because such a change splits one person's indicator in two until the next epoch.
    /// </summary>
    public const string Version = "canon-1";
}
