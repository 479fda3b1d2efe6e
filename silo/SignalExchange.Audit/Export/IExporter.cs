using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Export;

/// <summary>Writes entries to files.</summary>
/// <remarks>Safe from any thread. A file is never held in memory or on disk: it is made while it is sent.</remarks>
public interface IExporter
{
    /// <summary>Checks what is asked for, before anything is logged or sent.</summary>
    /// <returns>The export, ready to be written once; or why it was refused: its filter, its format, its size.</returns>
    Task<AuditAnswer<PreparedExport>> PrepareAsync(ExportEntriesRequest request, CancellationToken cancellationToken);
}
