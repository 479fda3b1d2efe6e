namespace SignalExchange.Tokens.Tests;

/// <summary>The file of golden derivations.</summary>
public sealed record DerivationFile(string Seed, IReadOnlyList<DerivationVector> Vectors);
