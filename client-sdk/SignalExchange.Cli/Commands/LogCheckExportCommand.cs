using System.CommandLine;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts.Audit;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log check-export FILE</c>: verifies an export by its manifest, offline.</summary>
internal static class LogCheckExportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The export; its manifest lies beside it." };
        var key = LogExportCommand.KeyOption();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("check-export", "Verifies an export by its manifest. Needs no network.")
        {
            file,
            key,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var path = parsed.GetValue(file)!;
                var trusted = LogExportCommand.ReadKey(parsed.GetValue(key)!);
                var manifest = await File.ReadAllBytesAsync(path + LogExportCommand.ManifestSuffix, cancellationToken);
                await using var content = File.OpenRead(path);
                var check = await ManifestCheck.VerifyAsync(manifest, trusted, content, cancellationToken);
                await Printer.Print(
                    parsed.InvocationConfiguration.Output,
                    parsed.GetValue(json),
                    [LogExportCommand.Row(path, path, check)]
                );
                return check.Verdict == ManifestVerdict.Valid ? ExitCodes.Done : ExitCodes.Refused;
            }
        );
        return command;
    }
}
