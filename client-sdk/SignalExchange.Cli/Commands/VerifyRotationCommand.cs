using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Audit;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx keys verify-rotation FILE</c>: verifies that every row of a rotation got the same delta, offline.</summary>
internal static class VerifyRotationCommand
{
    private const int RootSize = 32;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "What sigx keys export-rotation wrote." };
        var root = new Option<string?>("--root")
        {
            Description = "The root that stands in the access log, at /keys/rotation: 64 hexadecimal digits.",
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("verify-rotation", "Verifies what proves a rotation. Needs no network and no secret.")
        {
            file,
            root,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var expected = parsed.GetValue(root) is { } text ? HexText.Parse("--root", text, RootSize) : default;
                await using var content = File.OpenRead(parsed.GetValue(file)!);
                var check = await RotationCheck.VerifyAsync(content, expected, cancellationToken);
                await Printer.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(json), [Row(check)]);
                return check.Verdict == RotationVerdict.Valid ? ExitCodes.Done : ExitCodes.Refused;
            }
        );
        return command;
    }

    private static JsonObject Row(RotationCheck check) =>
        new()
        {
            ["verdict"] = check.Verdict.ToString(),
            ["from"] = check.Header?.From?.KeyId,
            ["to"] = check.Header?.To?.KeyId,
            ["batches"] = check.Batches,
            ["rows"] = check.Rows,
            ["root"] = check.Root.IsEmpty ? null : Convert.ToHexStringLower(check.Root.Span),
        };
}
