using System.Text.Json.Nodes;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.Errors;

namespace SignalExchange.Cli.Import;

/// <summary>What became of the rows of an import: counts, and every row that was refused or left, with its line and reason.</summary>
internal sealed class ImportReport
{
    private readonly Queue<(long Line, long Row)> _underWay = new();

    public long RowsRead { get; set; }

    public long AnsweredBefore { get; set; }

    public long Accepted { get; private set; }

    public long AlreadyKnown { get; private set; }

    public long Answered { get; private set; }

    /// <summary>Gets the number of the row that was answered last; all before it were answered or refused.</summary>
    public long RowOfLastAnswer { get; private set; }

    public List<(long Line, string Problem)> Refused { get; } = [];

    /// <summary>Gets the rows that were refused for a reason that passes: another run sends them again.</summary>
    public List<(long Line, long Row, string Problem)> Left { get; } = [];

    /// <summary>Gets or sets whether the run ended before the file did, since too many rows were left.</summary>
    public bool IsCutShort { get; set; }

    /// <summary>Gets what sigx exits with: rows that were left come first, since there is something to do about them.</summary>
    public int ExitCode =>
        Left.Count > 0 ? ExitCodes.Unavailable
        : Refused.Count > 0 ? ExitCodes.Refused
        : ExitCodes.Done;

    public void Refuse(long line, string problem) => Refused.Add((line, problem));

    public void Sent(long line) => _underWay.Enqueue((line, RowsRead));

    /// <summary>Takes note of an outcome; they come in the order of the rows.</summary>
    public void Add(SubmitOutcome outcome)
    {
        var (line, row) = _underWay.Dequeue();
        Answered++;
        RowOfLastAnswer = row;
        if (outcome.Refusal is { } refusal)
        {
            var problem = $"{ErrorCatalog.NameOf(refusal.Reason)}: {refusal}";
            if (outcome.IsTransient)
            {
                Left.Add((line, row, problem));
            }
            else
            {
                Refuse(line, problem);
            }
        }
        else if (outcome.IsAlreadyKnown)
        {
            AlreadyKnown++;
        }
        else
        {
            Accepted++;
        }
    }

    public async Task Print(TextWriter output, bool isJson)
    {
        var refused = Refused.OrderBy(entry => entry.Line).ToList();
        if (isJson)
        {
            await Printer.Print(output, isJson: true, [Summary(refused)]);
            return;
        }

        foreach (var (line, problem) in refused)
        {
            await output.WriteLineAsync($"line {line}: {problem}");
        }

        foreach (var (line, _, problem) in Left)
        {
            await output.WriteLineAsync($"line {line}: left for another run: {problem}");
        }

        await output.WriteLineAsync(
            $"{RowsRead} rows: {Accepted} accepted, {AlreadyKnown} already known, {AnsweredBefore} answered in an earlier run, {refused.Count} refused, {Left.Count} left."
        );
        if (Left.Count > 0)
        {
            await output.WriteLineAsync(
                $"{(IsCutShort ? "The rest of the file was not sent: too much was left. " : "")}Run the same command again for what was left."
            );
        }
    }

    private JsonObject Summary(IEnumerable<(long Line, string Problem)> refused) =>
        new()
        {
            ["rows"] = RowsRead,
            ["accepted"] = Accepted,
            ["already_known"] = AlreadyKnown,
            ["answered_before"] = AnsweredBefore,
            ["refused"] = Rows(refused),
            ["left"] = Rows(Left.Select(entry => (entry.Line, entry.Problem))),
            ["cut_short"] = IsCutShort,
        };

    private static JsonArray Rows(IEnumerable<(long Line, string Problem)> rows) =>
        [.. rows.Select(row => (JsonNode)new JsonObject { ["line"] = row.Line, ["problem"] = row.Problem })];
}
