namespace SignalExchange.Benchmarks.Load;

/// <summary>What the role of a load takes: who calls whom with what.</summary>
/// <param name="Server">Where the server listens.</param>
/// <param name="KeyFile">The member's key; null to call without credentials.</param>
/// <param name="KeyId">The key id in the requests.</param>
/// <param name="Kind">What is called.</param>
/// <param name="Batch">Tokens a check, or signals a batch; 0 sends an empty request.</param>
/// <param name="Callers">How many call at once; each waits for its answer. With submissions: batches under way on the stream.</param>
/// <param name="Tokens">Which tokens are asked about.</param>
internal sealed record LoadSettings(
    Uri Server,
    string? KeyFile,
    string KeyId,
    LoadKind Kind,
    int Batch,
    int Callers,
    TokenChoice Tokens = TokenChoice.Unknown
);
