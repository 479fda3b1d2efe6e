using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx get</c>: the signals on identifiers, the member's own withdrawn ones among them.</summary>
internal static class GetCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var identifiers = new IdentifierOptions();
        var purpose = CheckCommand.PurposeOption();
        var command = new Command("get", "Reads the signals that you may see, and all of your own.") { purpose };
        identifiers.AddTo(command);
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = connection.Connect(parsed);
                var results = await client.GetAsync(
                    identifiers.Read(parsed),
                    EnumText.Parse<CheckPurpose>(parsed.GetValue(purpose)!),
                    cancellationToken
                );
                var rows = results.Select(
                    (result, place) =>
                        new JsonObject
                        {
                            ["item"] = place + 1,
                            ["signals"] = new JsonArray([.. result.Signals.Select(Printer.Of)]),
                        }
                );
                await Printer.Print(parsed.InvocationConfiguration.Output, connection.IsJson(parsed), [.. rows]);
                return ExitCodes.Done;
            }
        );
        return command;
    }
}
