using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using SignalExchange.AccessLog.Reading;

namespace SignalExchange.Audit.Export;

/// <summary>CSV as RFC 4180 has it: a header, CRLF, quotes where needed. UTF-8 without a mark.</summary>
/// <remarks>No value can begin a formula: every field's form excludes "=", "@" and a leading "+" or "-".</remarks>
internal sealed class CsvFormat : IExportFormat
{
    private const int RowsAFlush = 256;

    private static readonly CsvConfiguration Rfc4180 = new(CultureInfo.InvariantCulture) { NewLine = "\r\n" };

    public async Task WriteAsync(
        IAsyncEnumerable<LoggedEntry> entries,
        Stream file,
        CancellationToken cancellationToken
    )
    {
        await using var text = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true);
        await using var csv = new CsvWriter(text, Rfc4180, leaveOpen: true);
        csv.Context.RegisterClassMap<CsvColumns>();
        csv.WriteHeader<ExportRow>();
        await csv.NextRecordAsync();
        await foreach (var logged in entries.WithCancellation(cancellationToken))
        {
            csv.WriteRecord(ExportRow.Of(logged));
            await csv.NextRecordAsync();
            if (csv.Row % RowsAFlush == 0)
            {
                await csv.FlushAsync();
            }
        }

        await csv.FlushAsync();
    }
}
