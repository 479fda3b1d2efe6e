using System.CommandLine;
using SignalExchange.Cli.Options;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx ad withdraw</c>: takes back the member's own signal on a template.</summary>
internal static class AdWithdrawCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var template = new Argument<string>("template") { Description = "The template, as register named it." };
        var reason = new Option<string>("--reason")
        {
            Description = "FALSE_POSITIVE, APPEAL_UPHELD, SUBMITTED_IN_ERROR and others.",
            Required = true,
        };
        var command = new Command("withdraw", "Withdraws your signal on a template. Effective at once.")
        {
            template,
            reason,
        };
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = connection.Connect(parsed);
                var outcome = await client.WithdrawTemplateAsync(
                    TemplateOption.Parse(parsed.GetValue(template)!),
                    EnumText.Parse<RetractionReason>(parsed.GetValue(reason)!),
                    null,
                    cancellationToken
                );
                return await SubmitCommand.Print(parsed, connection, [outcome]);
            }
        );
        return command;
    }
}
