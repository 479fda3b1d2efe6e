using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client;

namespace SignalExchange.Cli.Commands;

/// <summary>A command that calls the exchange and prints rows.</summary>
internal sealed class ExchangeCommand(string name, string description) : Command(name, description)
{
    private readonly ConnectionOptions _connection = new();

    /// <summary>Says what it does.</summary>
    /// <param name="run">Calls the exchange; returns the rows to print.</param>
    /// <returns>The same command.</returns>
    public Command Runs(Func<SignalExchangeClient, ParseResult, CancellationToken, Task<IReadOnlyList<JsonObject>>> run)
    {
        _connection.AddTo(this);
        SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var client = _connection.Connect(parsed);
                var rows = await run(client, parsed, cancellationToken);
                await Printer.Print(parsed.InvocationConfiguration.Output, _connection.IsJson(parsed), rows);
                return ExitCodes.Done;
            }
        );
        return this;
    }
}
