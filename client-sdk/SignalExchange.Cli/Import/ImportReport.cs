using System.Text.Json.Nodes;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.Errors;

namespace SignalExchange.Cli.Import;

/// <summary>What became of the rows of an import: counts, and every refused row with its line and reason.</summary>
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
            Refuse(line, $"{ErrorCatalog.NameOf(refusal.Reason)}: {refusal}");
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
            var rows = refused.Select(entry =>
                (JsonNode)new JsonObject { ["line"] = entry.Line, ["problem"] = entry.Problem }
            );
            await Printer.Print(output, isJson: true, [Summary(new JsonArray([.. rows]))]);
            return;
        }

        foreach (var (line, problem) in refused)
        {
            await output.WriteLineAsync($"line {line}: {problem}");
        }

        await output.WriteLineAsync(
            $"{RowsRead} rows: {Accepted} accepted, {AlreadyKnown} already known, {AnsweredBefore} answered in an earlier run, {refused.Count} refused."
        );
    }

    private JsonObject Summary(JsonArray refused) =>
        new()
        {
            ["rows"] = RowsRead,
            ["accepted"] = Accepted,
            ["already_known"] = AlreadyKnown,
            ["answered_before"] = AnsweredBefore,
            ["refused"] = refused,
        };
}
