namespace SignalExchange.Benchmarks.Peers;

/// <summary>What the role of bare inserts takes.</summary>
/// <param name="Batch">Submissions a batch: a transaction, but for Azure, whose transactions hold no more than a hundred rows.</param>
/// <param name="File">The SQLite database to make; null for another engine.</param>
/// <param name="Postgres">How to connect to PostgreSQL; null for another engine.</param>
/// <param name="Azure">How to connect to an Azure storage account; null for another engine.</param>
/// <param name="UnderWay">How many batches are under way at once, on PostgreSQL a connection each; SQLite has one writer.</param>
internal sealed record BareInsertsSettings(
    int Batch,
    string? File = null,
    string? Postgres = null,
    string? Azure = null,
    int UnderWay = 1
);
