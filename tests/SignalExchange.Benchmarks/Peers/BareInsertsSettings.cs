namespace SignalExchange.Benchmarks.Peers;

/// <summary>What the role of bare inserts takes.</summary>
/// <param name="File">The database to make.</param>
/// <param name="Batch">Submissions a transaction.</param>
internal sealed record BareInsertsSettings(string File, int Batch);
