using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts.Members;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx keys new</c>: a member's key pair; and the exchange's VOPRF keys.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var outOption = new Option<string>("--out")
        {
            Description = "Path without extension: writes PATH.key.pem (private, mode 0600) and PATH.pub.pem.",
            Required = true,
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var create = new Command("new", "Makes a P-256 key pair. The private key never leaves this machine.")
        {
            outOption,
            json,
        };
        create.SetAction(
            async (parsed, _) =>
            {
                using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                var path = parsed.GetValue(outOption)!;
                await WriteNew(
                    path + ".key.pem",
                    key.ExportPkcs8PrivateKeyPem(),
                    UnixFileMode.UserRead | UnixFileMode.UserWrite
                );
                await WriteNew(
                    path + ".pub.pem",
                    key.ExportSubjectPublicKeyInfoPem(),
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead
                );
                KeyThumbprint.TryCompute(key.ExportSubjectPublicKeyInfo(), out var thumbprint);
                var row = new JsonObject
                {
                    ["thumbprint"] = thumbprint,
                    ["private_key"] = path + ".key.pem",
                    ["public_key"] = path + ".pub.pem",
                };
                await Printer.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(json), [row]);
                return ExitCodes.Done;
            }
        );
        return new Command("keys", "Members' key pairs, and the exchange's VOPRF keys.")
        {
            create,
            KeyCustodyCommands.List(),
            KeyCustodyCommands.Announce(),
            KeyCustodyCommands.Rotate(),
            KeyCustodyCommands.ExportRotation(),
            VerifyRotationCommand.Create(),
        };
    }

    // Never over a key that is there: it may be the only copy.
    internal static async Task WriteNew(string path, string text, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        await using var writer = new StreamWriter(path, options);
        await writer.WriteLineAsync(text);
    }
}
