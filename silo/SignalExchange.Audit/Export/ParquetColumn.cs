using Parquet;
using Parquet.Schema;

namespace SignalExchange.Audit.Export;

/// <summary>A column of a Parquet file.</summary>
/// <param name="Field">Its name and type.</param>
/// <param name="WriteAsync">Writes its values of a row group.</param>
internal sealed record ParquetColumn(
    DataField Field,
    Func<ParquetRowGroupWriter, IReadOnlyList<ExportRow>, CancellationToken, Task> WriteAsync
);
