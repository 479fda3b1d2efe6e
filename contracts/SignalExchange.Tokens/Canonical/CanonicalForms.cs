namespace SignalExchange.Tokens.Canonical;

/// <summary>The canonical forms as one versioned set: members with different sets make different tokens.</summary>
public static class CanonicalForms
{
    /// <summary>The version of the set, as key manifests name it. A changed output of any form is a new version.</summary>
    public const string Version = "canon-1";
}
