using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx ad get</c>: the signals on templates, the member's own withdrawn ones among them.</summary>
internal static class AdGetCommand
{
    public static Command Create()
    {
        var purpose = CheckCommand.PurposeOption();
        var templates = new Argument<string[]>("template")
        {
            Description = "Templates, as register and match named them.",
            Arity = ArgumentArity.OneOrMore,
        };
        return new ExchangeCommand("get", "Reads the signals on templates.") { templates, purpose }.Runs(
            async (client, parsed, cancellationToken) =>
            {
                var results = await client.GetTemplatesAsync(
                    [.. parsed.GetValue(templates)!.Select(TemplateOption.Parse)],
                    EnumText.Parse<CheckPurpose>(parsed.GetValue(purpose)!),
                    cancellationToken
                );
                return
                [
                    .. results.Select(result => new JsonObject
                    {
                        ["template"] = result.Template.ToString(),
                        ["signals"] = new JsonArray([.. result.Signals.Select(Printer.Of)]),
                    }),
                ];
            }
        );
    }
}
