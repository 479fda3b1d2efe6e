namespace SignalExchange.Benchmarks.Peers;

/// <summary>What the role of bare inserts takes.</summary>
/// <param name="Batch">Submissions a transaction.</param>
/// <param name="File">The SQLite database to make; null for PostgreSQL.</param>
/// <param name="Postgres">How to connect to PostgreSQL; null for SQLite.</param>
internal sealed record BareInsertsSettings(int Batch, string? File = null, string? Postgres = null);
