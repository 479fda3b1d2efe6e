using System.CommandLine;
using SignalExchange.Cli.Import;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Submissions;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx import FILE.csv</c>: submits a signal on every identifier of a file; run again, it goes on where it stopped.</summary>
internal static class ImportCommand
{
    private const int RowsBetweenSaves = 500;

    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var statement = new StatementOptions();
        var file = new Argument<string>("file")
        {
            Description = "CSV with the columns type,identifier and optionally namespace,region.",
        };
        var command = new Command(
            "import",
            "Submits a signal on every identifier of a CSV file. Resumable: run twice, nothing is doubled."
        )
        {
            file,
        };
        statement.AddTo(command);
        connection.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) => Run(parsed, connection, statement, parsed.GetValue(file)!, cancellationToken)
        );
        return command;
    }

    private static async Task<int> Run(
        ParseResult parsed,
        ConnectionOptions connection,
        StatementOptions statement,
        string file,
        CancellationToken cancellationToken
    )
    {
        using var client = connection.Connect(parsed);
        var said = statement.Make(parsed, Contracts.V1.IndicatorType.Email, DateTimeOffset.UnixEpoch).ToString();
        var progress = await ImportProgress.Open(file, said, TimeProvider.System.GetUtcNow(), cancellationToken);
        var report = new ImportReport();
        var isJson = connection.IsJson(parsed);
        await ProgressBar.Run(
            isJson ? null : "Importing",
            await CountRows(file, cancellationToken),
            async tick =>
            {
                var submissions = Submissions(
                    file,
                    progress,
                    report,
                    row => statement.Make(parsed, row.Identifier!.Type, progress.StartedAt),
                    tick,
                    cancellationToken
                );
                await foreach (var outcome in client.SubmitManyAsync(submissions, cancellationToken))
                {
                    report.Add(outcome);
                    tick();
                    if (report.Answered % RowsBetweenSaves == 0)
                    {
                        await progress.Save(report.RowOfLastAnswer, cancellationToken);
                    }
                }
            }
        );
        await progress.Save(report.RowsRead, cancellationToken);
        await report.Print(parsed.InvocationConfiguration.Output, isJson);
        return report.Refused.Count == 0 ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static async IAsyncEnumerable<SignalSubmission> Submissions(
        string file,
        ImportProgress progress,
        ImportReport report,
        Func<CsvRow, Contracts.V1.SignalStatement> state,
        Action tick,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in CsvIdentifiers.Read(file, cancellationToken))
        {
            report.RowsRead++;
            if (row.Problem is { } problem)
            {
                report.Refuse(row.Line, problem);
                tick();
            }
            else if (report.RowsRead <= progress.RowsAnswered)
            {
                report.AnsweredBefore++;
                tick();
            }
            else
            {
                report.Sent(row.Line);
                yield return new SignalSubmission(row.Identifier!, state(row)) { Id = progress.IdOf(row.Line) };
            }
        }
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
