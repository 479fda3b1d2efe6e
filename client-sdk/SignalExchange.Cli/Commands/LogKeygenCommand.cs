using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Output;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log keygen</c>: the key pair of a log or of a witness.</summary>
internal static class LogKeygenCommand
{
    public static Command Create()
    {
        var name = new Option<string>("--name")
        {
            Description = "The key's name: the log's origin, or the witness's name, as example.org/witness.",
            Required = true,
        };
        var kind = new Option<string>("--kind")
        {
            Description = "What it signs as: witness or log.",
            DefaultValueFactory = _ => "witness",
        };
        kind.AcceptOnlyFromAmong("witness", "log");
        var outOption = new Option<string>("--out")
        {
            Description = "Path without extension: writes PATH.key (private, mode 0600) and PATH.vkey.",
            Required = true,
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command(
            "keygen",
            "Makes an Ed25519 key pair for signed notes. The private key never leaves this machine."
        )
        {
            name,
            kind,
            outOption,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                using var signer = Generate(parsed.GetValue(name)!, parsed.GetValue(kind) is "witness");
                var path = parsed.GetValue(outOption)!;
                await KeysCommand.WriteNew(
                    path + ".key",
                    signer.ExportText(),
                    UnixFileMode.UserRead | UnixFileMode.UserWrite
                );
                await KeysCommand.WriteNew(
                    path + ".vkey",
                    signer.VerifierKey.ToString(),
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead
                );
                var row = new JsonObject
                {
                    ["verifier_key"] = signer.VerifierKey.ToString(),
                    ["private_key"] = path + ".key",
                    ["public_key"] = path + ".vkey",
                };
                await Printer.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(json), [row]);
                return ExitCodes.Done;
            }
        );
        return command;
    }

    private static NoteSigner Generate(string name, bool isWitness)
    {
        try
        {
            return NoteSigner.Generate(name, isWitness ? SignatureKind.Cosignature : SignatureKind.Ed25519);
        }
        catch (FormatException exception)
        {
            throw new UsageException($"--name: {exception.Message}");
        }
    }
}
