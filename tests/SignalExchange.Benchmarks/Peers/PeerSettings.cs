namespace SignalExchange.Benchmarks.Peers;

/// <summary>What the role of a peer takes.</summary>
/// <param name="Kind">What answers.</param>
/// <param name="KeyFile">The member's key, to check its tokens with.</param>
/// <param name="Folder">An empty folder, where it has one.</param>
/// <param name="Known">How many indicators it holds: those of <see cref="Exchanges.KnownTokens"/>.</param>
internal sealed record PeerSettings(PeerKind Kind, string KeyFile, string Folder, int Known);
