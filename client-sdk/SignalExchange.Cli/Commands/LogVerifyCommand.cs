using System.CommandLine;
using SignalExchange.Cli.Logs;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.TransparencyLog.Tiles;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log verify</c>: reads a whole log and recomputes everything.</summary>
internal static class LogVerifyCommand
{
    private static readonly string[] DetailChoices = ["none", "present", "all"];

    public static Command Create()
    {
        var trust = new TrustOptions(needsKey: false);
        var from = new Option<string>("--from")
        {
            Description = "The log: a folder or an http address.",
            DefaultValueFactory = _ => ".",
        };
        var since = new Option<string?>("--since")
        {
            Description = "A checkpoint kept from before; the log must continue it.",
        };
        var save = new Option<string?>("--save")
        {
            Description = "Where to keep the checkpoint for the next --since, if the log is intact.",
        };
        var details = new Option<string>("--details")
        {
            Description =
                "Compare sealed details with their entries: none, those present, or all (an absent one is wrong).",
            DefaultValueFactory = _ => "present",
        };
        details.AcceptOnlyFromAmong(DetailChoices);
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command(
            "verify",
            "Reads every file of a log, recomputes it from the entries, and names what differs."
        )
        {
            from,
            since,
            save,
            details,
            json,
        };
        trust.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = LogFiles.CreateClient();
                var source = LogFiles.OpenSource(parsed.GetValue(from)!, client);
                var trusted = trust.Read(parsed);
                var policy =
                    trusted.LogKeys.Count > 0
                        ? trusted
                        : trusted with
                        {
                            LogKeys = [await LogFiles.ReadNamedKey(source, cancellationToken)],
                        };
                var sinceFile = parsed.GetValue(since);
                var options = new LogVerifierOptions
                {
                    Policy = policy,
                    Since = sinceFile is null ? null : await LogFiles.ReadCheckpoint(sinceFile, cancellationToken),
                    EntryCheck = parsed.GetValue(details) is "none" ? null : new SealedDigestCheck(),
                    AllowsShreddedDetails = parsed.GetValue(details) is not "all",
                };
                var isJson = parsed.GetValue(json);
                var result = await Verify(source, options, isJson, cancellationToken);
                var rows = VerificationRows.Of(result, policy.LogKeys, policy == trusted);
                await Printer.Print(parsed.InvocationConfiguration.Output, isJson, rows);
                if (policy != trusted)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(
                        "The key is the one that the log names itself. Compare it with the one that you were given, or pass that as --key."
                    );
                }

                if (result.IsIntact && parsed.GetValue(save) is { } saveFile)
                {
                    await File.WriteAllBytesAsync(saveFile, result.Note!.ToBytes(), cancellationToken);
                }

                return result.IsIntact ? ExitCodes.Done : ExitCodes.Refused;
            }
        );
        return command;
    }

    private static async Task<LogVerification> Verify(
        ITileSource source,
        LogVerifierOptions options,
        bool isJson,
        CancellationToken cancellationToken
    )
    {
        var verifier = new LogVerifier(source, options);
        LogVerification? result = null;
        await ProgressBar.Run(
            isJson ? null : "Verifying",
            async show => result = await verifier.VerifyAsync(new Shown(show), cancellationToken)
        );
        return result!;
    }

    // Progress<T> would post to the thread pool, and tell the last after the end.
    private sealed class Shown(Action<long?, long> show) : IProgress<LogProgress>
    {
        public void Report(LogProgress value) => show(value.Verified, value.Total);
    }
}
