using System.Text;
using Google.Protobuf;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Search;

namespace SignalExchange.Audit.Export;

/// <summary>An object a line: the message of <c>GetEntry</c> in protobuf's JSON form, without the origin, which the manifest states.</summary>
internal sealed class JsonLinesFormat : IExportFormat
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    public async Task WriteAsync(
        IAsyncEnumerable<LoggedEntry> entries,
        Stream file,
        CancellationToken cancellationToken
    )
    {
        await foreach (var logged in entries.WithCancellation(cancellationToken))
        {
            var line = Json.Format(
                new Contracts.V1.GetEntryResponse
                {
                    Index = (ulong)logged.Index,
                    Entry = logged.Entry,
                    Detail = logged.Detail,
                    State = EntryStates.Of(logged.State),
                }
            );
            await file.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
        }
    }
}
