using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log request-export FILE</c>: asks an operator for the approval of an export.</summary>
internal static class LogRequestExportCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var filter = new EntryFilterOptions();
        var file = new Argument<string>("file")
        {
            Description = "As for sigx log export: only its end counts, .jsonl, .csv or .parquet.",
        };
        var command = new Command("request-export", "Asks for the approval of an export; for auditors.") { file };
        filter.AddTo(command);
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var request = new RequestExportRequest
                {
                    Filter = filter.Make(parsed),
                    FileFormat = LogExportCommand.FormatOf(parsed.GetValue(file)!),
                };
                using var client = connection.Connect(parsed);
                var row = await client.Audit.RequestExportAsync(request, cancellationToken) is { } pending
                    ? ApprovalRows.Of(pending)
                    : new JsonObject { ["needed"] = false };
                await Printer.Print(parsed.InvocationConfiguration.Output, connection.IsJson(parsed), [row]);
                return ExitCodes.Done;
            }
        );
        return command;
    }
}
