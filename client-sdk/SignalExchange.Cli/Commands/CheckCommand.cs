using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Checks;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx check</c>: what is known about identifiers.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var identifiers = new IdentifierOptions();
        var purpose = PurposeOption();
        var command = new Command("check", "Asks what is known about identifiers.") { purpose };
        identifiers.AddTo(command);
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = connection.Connect(parsed);
                var results = await client.CheckBatchAsync(
                    identifiers.Read(parsed),
                    EnumText.Parse<CheckPurpose>(parsed.GetValue(purpose)!),
                    cancellationToken
                );
                await Printer.Print(
                    parsed.InvocationConfiguration.Output,
                    connection.IsJson(parsed),
                    [.. results.Select(Row)]
                );
                return ExitCodes.Done;
            }
        );
        return command;
    }

    internal static Option<string> PurposeOption() =>
        new("--purpose")
        {
            Description = "Why: REGISTRATION, INVESTIGATION, TEST and others; recorded by the exchange. Never assumed.",
            Required = true,
        };

    internal static JsonObject Row(CheckResult result, int place) =>
        result.Verdict is not { } verdict
            ? new JsonObject { ["item"] = place + 1, ["known"] = false }
            : new JsonObject
            {
                ["item"] = place + 1,
                ["known"] = true,
                ["status"] = verdict.Status.ToString(),
                ["severity"] = verdict.Severity.ToString(),
                ["permitted_action"] = verdict.PermittedAction.ToString(),
                ["members"] = verdict.DistinctMembers,
                ["corroborating"] = verdict.CorroboratingMembers,
                ["guidance"] = Printer.Names(verdict.ProtectiveGuidance),
                ["signals"] = new JsonArray([.. verdict.Signals.Select(Printer.Of)]),
            };
}
