using Parquet;
using Parquet.Schema;
using SignalExchange.AccessLog.Reading;

namespace SignalExchange.Audit.Export;

/// <summary>Apache Parquet, 16,384 entries a row group: so many are held in memory.</summary>
internal sealed class ParquetFormat : IExportFormat
{
    private const int RowsAGroup = 16_384;

    public async Task WriteAsync(
        IAsyncEnumerable<LoggedEntry> entries,
        Stream file,
        CancellationToken cancellationToken
    )
    {
        await using var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(ParquetColumns.All.Select(it => it.Field)),
            file,
            cancellationToken: cancellationToken
        );
        var rows = new List<ExportRow>(RowsAGroup);
        await foreach (var logged in entries.WithCancellation(cancellationToken))
        {
            rows.Add(ExportRow.Of(logged));
            if (rows.Count == RowsAGroup)
            {
                await WriteGroupAsync(writer, rows, cancellationToken);
                rows.Clear();
            }
        }

        if (rows.Count > 0)
        {
            await WriteGroupAsync(writer, rows, cancellationToken);
        }
    }

    private static async Task WriteGroupAsync(
        ParquetWriter writer,
        List<ExportRow> rows,
        CancellationToken cancellationToken
    )
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in ParquetColumns.All)
        {
            await column.WriteAsync(group, rows, cancellationToken);
        }

        group.CompleteValidate();
    }
}
