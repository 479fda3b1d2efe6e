using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Output;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx ad explain</c>: what of an ad is compared. Runs here; it takes no address and no key, and asks nobody.</summary>
internal static class AdCommand
{
    // A character has four bytes at most; a longer file is refused without being read to its end.
    private const int MaxBytes = (AdSketch.MaxTextLength * 4) + 1;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A text file with one ad; - reads standard input." };
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
                var explanation = AdExplanation.Of(await Read(parsed.GetValue(file)!, cancellationToken));
                var output = parsed.InvocationConfiguration.Output;
                await (
                    parsed.GetValue(json)
                        ? Printer.Print(output, true, [ToRow(explanation)])
                        : Print(output, explanation)
                );
                return explanation.Refusal is null ? ExitCodes.Done : ExitCodes.Refused;
            }
        );
        return new Command("ad", "Advertisements.") { explain };
    }

    private static async Task<string> Read(string file, CancellationToken cancellationToken)
    {
        await using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        var bytes = new byte[MaxBytes];
        var count = await stream.ReadAtLeastAsync(bytes, MaxBytes, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(bytes, 0, count);
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
