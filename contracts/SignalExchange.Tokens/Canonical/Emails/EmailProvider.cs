namespace SignalExchange.Tokens.Canonical.Emails;

/// <summary>What a provider ignores in its addresses.</summary>
/// <param name="Domain">The domain that stands for all of the provider's equivalent ones.</param>
/// <param name="Ignored">Characters of the local part that it ignores.</param>
internal sealed record EmailProvider(string Domain, string Ignored = "");
