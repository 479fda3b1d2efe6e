using SignalExchange.AccessLog.Reading;

namespace SignalExchange.Audit.Export;

/// <summary>Writes entries to a file in one format.</summary>
internal interface IExportFormat
{
    /// <summary>Writes a whole file.</summary>
    /// <param name="entries">The entries, ascending.</param>
    /// <param name="file">Where to; it is left open.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task WriteAsync(IAsyncEnumerable<LoggedEntry> entries, Stream file, CancellationToken cancellationToken);
}
