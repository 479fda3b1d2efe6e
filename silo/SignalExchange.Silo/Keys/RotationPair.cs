using SignalExchange.Tokens;

namespace SignalExchange.Silo.Keys;

/// <summary>Two keys of a type, one of which takes over from the other: whatever is submitted now is written under both names.</summary>
/// <param name="From">The older one.</param>
/// <param name="To">The newer one.</param>
internal sealed record RotationPair(KeyCommitment From, KeyCommitment To);
