using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Import;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx check-file FILE.csv</c>: asks about every identifier of a file and prints the lines that are known.</summary>
internal static class CheckFileCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var purpose = CheckCommand.PurposeOption();
        var file = new Argument<string>("file")
        {
            Description = "CSV with the columns type,identifier and optionally namespace,region.",
        };
        var region = IdentifierOptions.RegionOption();
        var command = new Command(
            "check-file",
            "Asks about every identifier of a CSV file; prints a line for each that is known."
        )
        {
            file,
            purpose,
            region,
        };
        connection.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                Run(
                    parsed,
                    connection,
                    parsed.GetValue(file)!,
                    parsed.GetValue(region),
                    EnumText.Parse<CheckPurpose>(parsed.GetValue(purpose)!),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> Run(
        ParseResult parsed,
        ConnectionOptions connection,
        string file,
        string? region,
        CheckPurpose purpose,
        CancellationToken cancellationToken
    )
    {
        using var client = connection.Connect(parsed);
        var lines = new Queue<long>();
        var rows = new List<JsonObject>();
        var refused = 0;

        async IAsyncEnumerable<Identifier> Identifiers()
        {
            await foreach (var row in CsvIdentifiers.Read(file, region, cancellationToken))
            {
                if (row.Identifier is { } identifier)
                {
                    lines.Enqueue(row.Line);
                    yield return identifier;
                }
                else
                {
                    refused++;
                    rows.Add(new JsonObject { ["line"] = row.Line, ["problem"] = row.Problem });
                }
            }
        }

        await ProgressBar.Run(
            connection.IsJson(parsed) ? null : "Checking",
            File.ReadLines(file).LongCount() - 1,
            async tick =>
            {
                await foreach (var result in client.CheckManyAsync(Identifiers(), purpose, cancellationToken))
                {
                    var line = lines.Dequeue();
                    if (result.IsKnown)
                    {
                        var row = CheckCommand.Row(result, 0);
                        row.Remove("item");
                        row.Insert(0, "line", line);
                        rows.Add(row);
                    }

                    tick();
                }
            }
        );
        await Printer.Print(parsed.InvocationConfiguration.Output, connection.IsJson(parsed), rows);
        return refused == 0 ? ExitCodes.Done : ExitCodes.Refused;
    }
}
