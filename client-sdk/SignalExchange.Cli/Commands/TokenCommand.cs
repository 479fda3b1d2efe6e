using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx token</c>: the tokens of identifiers, for platforms that keep them.</summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var identifiers = new IdentifierOptions();
        var command = new Command(
            "token",
            "Makes tokens. They are pseudonymous, not anonymous: keep them as you keep identifiers."
        );
        identifiers.AddTo(command);
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = connection.Connect(parsed);
                var tokens = await client.MakeTokensAsync(identifiers.Read(parsed), cancellationToken);
                var rows = tokens.Select(token => new JsonObject
                {
                    ["key_id"] = token.KeyId.ToString(),
                    ["token"] = token.Token.ToKeyString(),
                });
                await Printer.Print(parsed.InvocationConfiguration.Output, connection.IsJson(parsed), [.. rows]);
                return ExitCodes.Done;
            }
        );
        return command;
    }
}
