using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using SignalExchange.Cli.Logs;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Witnessing;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log witness</c>: an independent witness of logs, until it is stopped.</summary>
internal static class LogWitnessCommand
{
    public static Command Create()
    {
        var key = new Option<string>("--key")
        {
            Description = "The file with the witness's private key.",
            Required = true,
        };
        var logKeys = new Option<string[]>("--log-key")
        {
            Description = "The verifier key of a log to look after; may be given again.",
            Required = true,
        };
        var state = new Option<string>("--state")
        {
            Description =
                "The file that holds what was signed last. Never delete it: a witness without it can be lied to.",
            Required = true,
        };
        var listen = new Option<string>("--listen")
        {
            Description = "Where to listen, http; TLS is for a proxy before it.",
            DefaultValueFactory = _ => "http://127.0.0.1:7410",
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("witness", "Signs checkpoints of logs that only ever grew, for anybody who asks.")
        {
            key,
            logKeys,
            state,
            listen,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var signer = await LogFiles.ReadSigner(parsed.GetValue(key)!, cancellationToken);
                if (signer.VerifierKey.Kind is not SignatureKind.Cosignature)
                {
                    throw new UsageException(
                        "--key is a log's key; a witness has its own: sigx log keygen --kind witness."
                    );
                }

                var address = parsed.GetValue(listen)!;
                if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not "http")
                {
                    throw new UsageException("--listen is an address, as http://127.0.0.1:7410.");
                }

                var logs = TrustOptions.ReadKeys("--log-key", parsed.GetValue(logKeys), SignatureKind.Ed25519);
                using var memory = FileWitnessState.Open(parsed.GetValue(state)!);
                using var witness = new Witness(signer, logs, memory);
                await using var server = WitnessServer.Create(witness, address);
                await server.StartAsync(cancellationToken);
                var row = new JsonObject
                {
                    ["witness"] = signer.VerifierKey.ToString(),
                    ["listening"] = server.Urls.First(),
                    ["logs"] = new JsonArray([.. logs.Select(it => (JsonNode)it.Name)]),
                };
                await Printer.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(json), [row]);
                await server.WaitForShutdownAsync(cancellationToken);
                return ExitCodes.Done;
            }
        );
        return command;
    }
}
