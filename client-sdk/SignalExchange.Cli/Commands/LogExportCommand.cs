using System.CommandLine;
using System.Text.Json.Nodes;
using Google.Protobuf;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Audit;
using SignalExchange.Contracts.Audit;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log export FILE</c>: writes entries to a file and the manifest beside it, and checks the one against the other.</summary>
internal static class LogExportCommand
{
    /// <summary>What the manifest's name ends in, behind the export's.</summary>
    public const string ManifestSuffix = ".manifest.json";

    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var filter = new EntryFilterOptions();
        var file = new Argument<string>("file")
        {
            Description = "Where to; its end says the format: .jsonl, .csv or .parquet.",
        };
        var key = KeyOption();
        var caseId = new Option<string?>("--case") { Description = "Your case: 32 hexadecimal digits." };
        var approval = new Option<string?>("--approval")
        {
            Description = "What an operator approved: the id that sigx log request-export printed.",
        };
        var command = new Command("export", "Exports entries with a signed manifest, and checks both; for auditors.")
        {
            file,
            key,
            caseId,
            approval,
        };
        filter.AddTo(command);
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var trusted = ReadKey(parsed.GetValue(key)!);
                var path = parsed.GetValue(file)!;
                var request = new ExportEntriesRequest
                {
                    Filter = filter.Make(parsed),
                    FileFormat = FormatOf(path),
                    CaseId = IdOf("--case", parsed.GetValue(caseId)),
                    ApprovalId = IdOf("--approval", parsed.GetValue(approval)),
                };
                using var client = connection.Connect(parsed);
                var check = await Export(client.Audit, request, path, trusted, cancellationToken);
                await Printer.Print(
                    parsed.InvocationConfiguration.Output,
                    connection.IsJson(parsed),
                    [Row(path, check.Verdict == ManifestVerdict.Valid ? path : path + ".part", check)]
                );
                return check.Verdict == ManifestVerdict.Valid ? ExitCodes.Done : ExitCodes.Refused;
            }
        );
        return command;
    }

    /// <summary>Makes the option that names the key that manifests are trusted by.</summary>
    public static Option<string> KeyOption() =>
        new("--manifest-key")
        {
            Description = "The exchange's key for manifests: name+digits+base64.",
            Required = true,
        };

    /// <summary>Reads that key.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static ManifestKey ReadKey(string text) =>
        ManifestKey.TryParse(text, out var key)
            ? key
            : throw new UsageException(
                "--manifest-key is name+8 hexadecimal digits+base64, as the exchange publishes it."
            );

    // What can't be vouched for keeps the suffix that says so.
    private static async Task<ManifestCheck> Export(
        AuditClient audit,
        ExportEntriesRequest request,
        string path,
        ManifestKey key,
        CancellationToken cancellationToken
    )
    {
        var partial = path + ".part";
        byte[] manifest;
        await using (var file = File.Create(partial))
        {
            manifest = await audit.ExportAsync(request, file, cancellationToken);
        }

        await File.WriteAllBytesAsync(path + ManifestSuffix, manifest, cancellationToken);
        ManifestCheck check;
        await using (var file = File.OpenRead(partial))
        {
            check = await ManifestCheck.VerifyAsync(manifest, key, file, cancellationToken);
        }

        if (check.Verdict == ManifestVerdict.Valid)
        {
            File.Move(partial, path, overwrite: true);
        }

        return check;
    }

    /// <summary>Returns what a check found.</summary>
    /// <param name="path">The export's name; the manifest's begins with it.</param>
    /// <param name="file">Where the export lies.</param>
    /// <param name="check">The check.</param>
    public static JsonObject Row(string path, string file, ManifestCheck check) =>
        new()
        {
            ["verdict"] = check.Verdict.ToString(),
            ["file"] = file,
            ["manifest"] = path + ManifestSuffix,
            ["origin"] = check.Manifest?.Origin,
            ["entries"] = check.Manifest?.Entries,
            ["bytes"] = check.Manifest?.FileBytes,
            ["sha256"] = check.Manifest?.FileSha256,
        };

    internal static ExportFormat FormatOf(string path) =>
        Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSONL" => ExportFormat.JsonLines,
            ".CSV" => ExportFormat.Csv,
            ".PARQUET" => ExportFormat.Parquet,
            _ => throw new UsageException("The file's name ends in .jsonl, .csv or .parquet."),
        };

    private static ByteString IdOf(string option, string? text) =>
        text is null ? ByteString.Empty
        : text.Length == 32 && text.All(char.IsAsciiHexDigit) ? ByteString.CopyFrom(Convert.FromHexString(text))
        : throw new UsageException($"{option} is 32 hexadecimal digits.");
}
