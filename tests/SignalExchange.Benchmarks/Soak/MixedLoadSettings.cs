namespace SignalExchange.Benchmarks.Soak;

/// <summary>What the role of a mixed load takes.</summary>
/// <param name="Server">Where the exchange listens.</param>
/// <param name="KeyFile">The member's key.</param>
/// <param name="KeyId">The key id in the requests.</param>
/// <param name="Known">How many of <see cref="Exchanges.KnownTokens"/> the exchange holds.</param>
/// <param name="CallsPerSecond">How many calls begin in a second.</param>
/// <param name="Shares">What they are; a hundred in all.</param>
internal sealed record MixedLoadSettings(
    Uri Server,
    string KeyFile,
    string KeyId,
    int Known,
    double CallsPerSecond,
    IReadOnlyList<MixedShare> Shares
);
