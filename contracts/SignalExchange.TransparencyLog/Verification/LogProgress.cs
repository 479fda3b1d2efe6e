namespace SignalExchange.TransparencyLog.Verification;

/// <summary>How far a verification is.</summary>
/// <param name="Verified">Entries that were read and hashed.</param>
/// <param name="Total">Entries of the checkpoint.</param>
public readonly record struct LogProgress(long Verified, long Total);
