using System.Runtime.CompilerServices;
using SignalExchange.Client;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Import;

/// <summary>One run of an import: sends what no earlier one has an answer of, and what they left.</summary>
/// <param name="client">Who submits.</param>
/// <param name="file">The CSV file.</param>
/// <param name="defaultRegion">The region of national numbers whose row names none; null for none.</param>
/// <param name="progress">How far earlier runs are.</param>
/// <param name="state">What is stated on a row that is sound.</param>
internal sealed class ImportRun(
    ISignalExchangeClient client,
    string file,
    string? defaultRegion,
    ImportProgress progress,
    Func<CsvRow, SignalStatement> state
)
{
    /// <summary>From how many rows that were left on a run stops: an exchange that takes so little is not asked on and on.</summary>
    public const int MaxLeft = 10_000;

    private const int RowsBetweenSaves = 500;

    private readonly ImportReport _report = new();

    private IEnumerable<long> RowsLeft => _report.Left.Select(entry => entry.Row);

    /// <summary>Runs through the file.</summary>
    /// <param name="tick">Is called for each row that is done.</param>
    /// <param name="cancellationToken">Ends the run; another one goes on.</param>
    public async Task<ImportReport> Run(Action tick, CancellationToken cancellationToken)
    {
        await foreach (var outcome in client.SubmitManyAsync(Submissions(tick, cancellationToken), cancellationToken))
        {
            _report.Add(outcome);
            tick();
            if (_report.Answered % RowsBetweenSaves == 0)
            {
                await progress.Save(_report.RowOfLastAnswer, RowsLeft, cancellationToken);
            }
        }

        await progress.Save(_report.RowsRead, RowsLeft, cancellationToken);
        return _report;
    }

    private async IAsyncEnumerable<SignalSubmission> Submissions(
        Action tick,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in CsvIdentifiers.Read(file, defaultRegion, cancellationToken))
        {
            if (_report.Left.Count >= MaxLeft)
            {
                _report.IsCutShort = true;
                yield break;
            }

            _report.RowsRead++;
            if (row.Problem is { } problem)
            {
                _report.Refuse(row.Line, problem);
                tick();
            }
            else if (_report.RowsRead <= progress.RowsAnswered && !progress.RowsLeft.Contains(_report.RowsRead))
            {
                _report.AnsweredBefore++;
                tick();
            }
            else
            {
                _report.Sent(row.Line);
                yield return new SignalSubmission(row.Identifier!, state(row)) { Id = progress.IdOf(row.Line) };
            }
        }
    }
}
