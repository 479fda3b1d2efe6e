namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>How a chain reads an address.</summary>
/// <param name="text">The address, ASCII without blanks, at most 256 characters.</param>
/// <param name="address">The address in the chain's one spelling.</param>
/// <returns>What is wrong with it.</returns>
internal delegate CanonicalProblem WalletRule(string text, out string address);
