using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Templates;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx ad match</c>: which templates ads are edited copies of.</summary>
internal static class AdMatchCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var purpose = CheckCommand.PurposeOption();
        var files = new Argument<string[]>("file")
        {
            Description = "Text files with one ad each; - reads standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var windows = new Option<bool>("--windows")
        {
            Description = "Look at the parts of long ads, too: up to 20 times the evaluations.",
        };
        var command = new Command("match", "Asks which templates ads are edited copies of.")
        {
            files,
            windows,
            purpose,
        };
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = connection.Connect(parsed);
                var results = await client
                    .MatchAdsAsync(
                        parsed
                            .GetValue(files)!
                            .ToAsyncEnumerable()
                            .Select(
                                (string file, CancellationToken cancelled) =>
                                    new ValueTask<string>(AdText.Read(file, cancelled))
                            ),
                        EnumText.Parse<CheckPurpose>(parsed.GetValue(purpose)!),
                        parsed.GetValue(windows) ? AdSearch.Windows : AdSearch.Whole,
                        cancellationToken
                    )
                    .ToListAsync(cancellationToken);
                await Printer.Print(
                    parsed.InvocationConfiguration.Output,
                    connection.IsJson(parsed),
                    [.. results.Select(Row)]
                );
                return results.TrueForAll(result => result.Refusal is null) ? ExitCodes.Done : ExitCodes.Refused;
            }
        );
        return command;
    }

    private static JsonObject Row(AdMatchResult result, int place) =>
        result.Refusal is { } refusal
            ? new JsonObject
            {
                ["item"] = place + 1,
                ["refused"] = refusal.Code,
                ["message"] = refusal.Text,
            }
            : new JsonObject
            {
                ["item"] = place + 1,
                ["match"] = result.IsMatch ? result.Strength.ToString() : "None",
                ["templates"] = new JsonArray([.. result.Templates.Select(Of)]),
            };

    private static JsonObject Of(AdTemplateMatch match) =>
        new()
        {
            ["template"] = match.Template.ToString(),
            ["strength"] = match.Strength.ToString(),
            ["status"] = match.Verdict.Status.ToString(),
            ["severity"] = match.Verdict.Severity.ToString(),
            ["permitted_action"] = match.Verdict.PermittedAction.ToString(),
            ["members"] = match.Verdict.DistinctMembers,
            ["corroborating"] = match.Verdict.CorroboratingMembers,
            ["guidance"] = Printer.Names(match.Verdict.ProtectiveGuidance),
            ["signals"] = new JsonArray([.. match.Verdict.Signals.Select(Printer.Of)]),
        };
}
