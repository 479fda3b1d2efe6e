namespace SignalExchange.TransparencyLog.Notes;

/// <summary>A signature that was verified.</summary>
/// <param name="Key">Whose it is.</param>
/// <param name="Time">When a witness made it; null for other signatures.</param>
public sealed record VerifiedSignature(VerifierKey Key, DateTimeOffset? Time);
