using System.CommandLine;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log search</c>: entries that match, newest first.</summary>
internal static class LogSearchCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var filter = new EntryFilterOptions();
        var limit = new Option<int>("--limit") { Description = "How many at most.", DefaultValueFactory = _ => 100 };
        var isOldestFirst = new Option<bool>("--oldest-first") { Description = "Begin with the oldest." };
        var command = new Command("search", "Finds entries of the access log; for auditors.") { limit, isOldestFirst };
        filter.AddTo(command);
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = connection.Connect(parsed);
                var order = parsed.GetValue(isOldestFirst) ? EntryOrder.OldestFirst : EntryOrder.NewestFirst;
                var rows = await client
                    .Audit.SearchAsync(filter.Make(parsed), order, cancellationToken)
                    .Take(parsed.GetValue(limit))
                    .Select(EntryLine.Of)
                    .ToListAsync(cancellationToken);
                await Printer.Print(parsed.InvocationConfiguration.Output, connection.IsJson(parsed), rows);
                return ExitCodes.Done;
            }
        );
        return command;
    }
}
