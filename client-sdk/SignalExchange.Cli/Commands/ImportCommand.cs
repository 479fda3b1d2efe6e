using System.CommandLine;
using SignalExchange.Cli.Import;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx import FILE.csv</c>: submits a signal on every identifier of a file; run again, it goes on where it stopped.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var statement = new StatementOptions();
        var file = new Argument<string>("file")
        {
            Description = "CSV with the columns type,identifier and optionally namespace,region.",
        };
        var region = IdentifierOptions.RegionOption();
        var command = new Command(
            "import",
            "Submits a signal on every identifier of a CSV file. Resumable: run twice, nothing is doubled, and what the exchange could not take just then is sent again."
        )
        {
            file,
            region,
        };
        statement.AddTo(command);
        connection.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                Run(parsed, connection, statement, parsed.GetValue(file)!, parsed.GetValue(region), cancellationToken)
        );
        return command;
    }

    private static async Task<int> Run(
        ParseResult parsed,
        ConnectionOptions connection,
        StatementOptions statement,
        string file,
        string? region,
        CancellationToken cancellationToken
    )
    {
        using var client = connection.Connect(parsed);
        var said = statement.Make(parsed, Contracts.V1.IndicatorType.Email, DateTimeOffset.UnixEpoch).ToString();
        said += region is null ? "" : $" {region.ToUpperInvariant()}"; // Another region is another number.
        var progress = await ImportProgress.Open(file, said, TimeProvider.System.GetUtcNow(), cancellationToken);
        var run = new ImportRun(
            client,
            file,
            region,
            progress,
            row => statement.Make(parsed, row.Identifier!.Type, progress.StartedAt)
        );
        var report = new ImportReport();
        var isJson = connection.IsJson(parsed);
        await ProgressBar.Run(
            isJson ? null : "Importing",
            await CountRows(file, cancellationToken),
            async tick => report = await run.Run(tick, cancellationToken)
        );
        await report.Print(parsed.InvocationConfiguration.Output, isJson);
        return report.ExitCode;
    }

    private static async Task<long> CountRows(string file, CancellationToken cancellationToken)
    {
        var rows = 0L;
        await foreach (var _ in File.ReadLinesAsync(file, cancellationToken))
        {
            rows++;
        }

        return Math.Max(0, rows - 1);
    }
}
