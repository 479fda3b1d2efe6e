using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Submissions;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx submit</c>: says something about identifiers.</summary>
internal static class SubmitCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var identifiers = new IdentifierOptions();
        var statement = new StatementOptions();
        var command = new Command("submit", "Submits a signal on each identifier.");
        identifiers.AddTo(command);
        statement.AddTo(command);
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = connection.Connect(parsed);
                var now = TimeProvider.System.GetUtcNow();
                var submissions = identifiers
                    .Read(parsed)
                    .Select(identifier => new SignalSubmission(
                        identifier,
                        statement.Make(parsed, identifier.Type, now)
                    ));
                var outcomes = await client.SubmitBatchAsync([.. submissions], cancellationToken);
                return await Print(parsed, connection, outcomes);
            }
        );
        return command;
    }

    internal static async Task<int> Print(
        ParseResult parsed,
        ConnectionOptions connection,
        IReadOnlyList<SubmitOutcome> outcomes
    )
    {
        await Printer.Print(
            parsed.InvocationConfiguration.Output,
            connection.IsJson(parsed),
            [.. outcomes.Select(Row)]
        );
        return outcomes.All(outcome => outcome.IsAccepted) ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static JsonObject Row(SubmitOutcome outcome, int place) =>
        outcome.IsAccepted
            ? new JsonObject
            {
                ["item"] = place + 1,
                ["outcome"] = outcome.IsAlreadyKnown ? "already known" : "accepted",
                ["signal_id"] = outcome.Signal.ToString(),
                ["revision"] = outcome.Revision,
                ["position"] = $"{outcome.Position!.Shard}:{outcome.Position.Sequence}",
            }
            : new JsonObject { ["item"] = place + 1, ["outcome"] = "refused" }.With(outcome.Refusal);
}
