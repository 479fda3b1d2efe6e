using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Templates;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx ad register</c>: makes an ad a template, or an edited copy a part of one.</summary>
internal static class AdRegisterCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var statement = new StatementOptions();
        var file = AdText.Argument();
        var minBands = MinBands();
        var under = new Option<string?>("--under")
        {
            Description = "The template that the ad is an edited copy of, as match named it: the template grows by it.",
        };
        var command = new Command("register", "Registers an ad: its edited reposts are found from now on.")
        {
            file,
            minBands,
            under,
        };
        statement.AddTo(command);
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var text = await AdText.Read(parsed.GetValue(file)!, cancellationToken);
                var said = statement.Make(parsed, IndicatorType.AdTemplate, TimeProvider.System.GetUtcNow());
                using var client = connection.Connect(parsed);
                var outcome = parsed.GetValue(under) is { } template
                    ? await client.GrowTemplateAsync(
                        TemplateOption.Parse(template),
                        text,
                        said,
                        null,
                        cancellationToken
                    )
                    : await client.RegisterTemplateAsync(
                        text,
                        said,
                        parsed.GetValue(minBands) ?? 0,
                        null,
                        cancellationToken
                    );
                await Printer.Print(parsed.InvocationConfiguration.Output, connection.IsJson(parsed), [Row(outcome)]);
                return outcome.IsAccepted ? ExitCodes.Done : ExitCodes.Refused;
            }
        );
        return command;
    }

    private static Option<int?> MinBands()
    {
        var option = new Option<int?>("--min-bands")
        {
            Description =
                $"How many of {Limits.BandsPerAd} bands must agree at least, {MatchRule.MinThreshold} to {MatchRule.MaxThreshold}; the exchange's choice if not given.",
        };
        option.Validators.Add(it =>
        {
            if (it.GetValueOrDefault<int?>() is < MatchRule.MinThreshold or > MatchRule.MaxThreshold)
            {
                it.AddError($"--min-bands must be from {MatchRule.MinThreshold} to {MatchRule.MaxThreshold}.");
            }
        });
        return option;
    }

    private static JsonObject Row(TemplateOutcome outcome) =>
        outcome.TextRefusal is { } refusal
            ? new JsonObject
            {
                ["outcome"] = "refused",
                ["reason"] = refusal.Code,
                ["message"] = refusal.Text,
            }
        : !outcome.IsAccepted ? new JsonObject { ["outcome"] = "refused" }.With(outcome.Refusal)
        : new JsonObject
        {
            ["outcome"] = outcome.IsAlreadyKnown ? "already known" : "accepted",
            ["template"] = outcome.Template.ToString(),
            ["signal_id"] = outcome.Signal.ToString(),
            ["revision"] = outcome.Revision,
            ["position"] = $"{outcome.Position!.Shard}:{outcome.Position.Sequence}",
        };
}
