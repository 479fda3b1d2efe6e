using System.CommandLine;
using SignalExchange.Cli.Options;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx withdraw</c>: takes back the member's own signals.</summary>
internal static class WithdrawCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var identifiers = new IdentifierOptions();
        var reason = new Option<string>("--reason")
        {
            Description = "FALSE_POSITIVE, APPEAL_UPHELD, IDENTIFIER_RECYCLED and others.",
            Required = true,
        };
        var command = new Command("withdraw", "Withdraws your signals. Effective at once.") { reason };
        identifiers.AddTo(command);
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = connection.Connect(parsed);
                var why = EnumText.Parse<RetractionReason>(parsed.GetValue(reason)!);
                var withdrawals = identifiers.Read(parsed).Select(identifier => new SignalWithdrawal(identifier, why));
                var outcomes = await client.WithdrawBatchAsync([.. withdrawals], cancellationToken);
                return await SubmitCommand.Print(parsed, connection, outcomes);
            }
        );
        return command;
    }
}
