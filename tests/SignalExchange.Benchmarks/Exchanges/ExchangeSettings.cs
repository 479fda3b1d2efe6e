namespace SignalExchange.Benchmarks.Exchanges;

/// <summary>What the role of an exchange takes.</summary>
/// <param name="Folder">An empty data folder.</param>
/// <param name="KeyFile">The member's key.</param>
/// <param name="Known">How many indicators to store before the measuring: those of <see cref="KnownTokens"/>.</param>
/// <param name="IndexOnly">How many random ones to add to the index alone: a check of an unknown token asks nothing else.</param>
/// <param name="Postgres">How to connect to the PostgreSQL database that keeps its data; null for another engine.</param>
/// <param name="Azure">How to connect to the Azure storage account that keeps its data; null for another engine. Without either: files in the folder.</param>
internal sealed record ExchangeSettings(
    string Folder,
    string KeyFile,
    int Known = 0,
    int IndexOnly = 0,
    string? Postgres = null,
    string? Azure = null
);
