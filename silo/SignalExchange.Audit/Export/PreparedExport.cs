using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Export;

/// <summary>An export that may be written.</summary>
/// <param name="Entries">How many entries match.</param>
/// <param name="Size">How many entries of the log are looked at.</param>
/// <param name="WriteAsync">Writes it: the file's chunks, how far it is between them, then the manifest. Can be called once.</param>
public sealed record PreparedExport(
    long Entries,
    long Size,
    Func<CancellationToken, IAsyncEnumerable<ExportEntriesResponse>> WriteAsync
);
