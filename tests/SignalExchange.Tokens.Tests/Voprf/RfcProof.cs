namespace SignalExchange.Tokens.Tests.Voprf;

/// <summary>The proof of an official vector and the nonce it was made with.</summary>
public sealed record RfcProof(string Proof, string R);
