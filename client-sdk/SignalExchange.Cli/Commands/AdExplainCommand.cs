using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Output;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx ad explain</c>: what of an ad is compared. Runs here; it takes no address and no key, and asks nobody.</summary>
internal static class AdExplainCommand
{
    public static Command Create()
    {
        var file = AdText.Argument();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var explain = new Command(
            "explain",
            "Shows what of an ad is compared, or why it is refused. Nothing leaves this machine."
        )
        {
            file,
            json,
        };
        explain.SetAction(
            async (parsed, cancellationToken) =>
            {
                var explanation = AdExplanation.Of(await AdText.Read(parsed.GetValue(file)!, cancellationToken));
                var output = parsed.InvocationConfiguration.Output;
                await (
                    parsed.GetValue(json)
                        ? Printer.Print(output, true, [ToRow(explanation)])
                        : Print(output, explanation)
                );
                return explanation.Refusal is null ? ExitCodes.Done : ExitCodes.Refused;
            }
        );
        return explain;
    }

    private static JsonObject ToRow(AdExplanation ad) =>
        new()
        {
            ["letters"] = ad.Letters,
            ["words"] = ad.Words,
            ["shingles"] = new JsonArray([.. ad.Shingles.Select(shingle => JsonValue.Create(shingle))]),
            ["skeleton"] = ad.Skeleton,
            ["tokens"] = ad.Refusal is null ? AdSketch.Bands : 0,
            ["windows"] = ad.Windows,
            ["refused"] = ad.Refusal?.Code,
            ["message"] = ad.Refusal?.Text,
        };

    private static async Task Print(TextWriter output, AdExplanation ad)
    {
        await output.WriteLineAsync($"skeleton  {ad.Skeleton}");
        await output.WriteLineAsync($"shingles  {string.Join(' ', ad.Shingles)}");
        await output.WriteLineAsync($"letters   {ad.Letters} (of at least {AdSketch.MinLetters})");
        await output.WriteLineAsync($"words     {ad.Words} (of at least {AdSketch.MinWords})");
        await output.WriteLineAsync($"different {ad.Shingles.Count} shingles (of at least {AdSketch.MinShingles})");
        await output.WriteLineAsync(
            ad.Refusal is { } refusal
                ? $"refused   {refusal}"
                : $"costs     {AdSketch.Bands} tokens; with its windows {AdSketch.Bands * (1 + ad.Windows)}"
        );
    }
}
