namespace SignalExchange.Benchmarks.Exchanges;

/// <summary>What a server says when it is ready.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="KeyId">The key id to name in requests.</param>
internal sealed record ServerReady(Uri Address, string KeyId);
