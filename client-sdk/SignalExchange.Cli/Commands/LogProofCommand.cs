using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Logs;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client;
using SignalExchange.Client.Audit;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log proof ENTRY</c>: fetches what <c>sigx log prove</c> verifies.</summary>
internal static class LogProofCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var entry = new Argument<long>("entry")
        {
            Description = "The entry's place in the log, as a receipt states it.",
        };
        var receipts = new Option<string?>("--receipt")
        {
            Description = "The file with the entry's receipt: the proof then says what was asked and answered.",
        };
        var file = new Option<string>("--out") { Description = "Where to.", Required = true };
        var command = new Command("proof", "Fetches the proof of an entry; members get those of their own calls.")
        {
            entry,
            receipts,
            file,
        };
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var (index, path) = (parsed.GetValue(entry), parsed.GetValue(file)!);
                var source = parsed.GetValue(receipts) is { } kept ? new ReceiptFile(kept) : null;
                using var client = connection.Connect(parsed);
                var proof = await Fetch(client, index, source, cancellationToken);
                await File.WriteAllBytesAsync(path, proof, cancellationToken);
                await Printer.Print(
                    parsed.InvocationConfiguration.Output,
                    connection.IsJson(parsed),
                    [
                        new JsonObject
                        {
                            ["file"] = path,
                            ["index"] = index,
                            ["answer"] = source is not null,
                        },
                    ]
                );
                return ExitCodes.Done;
            }
        );
        return command;
    }

    private static async Task<byte[]> Fetch(
        SignalExchangeClient client,
        long index,
        ReceiptFile? receipts,
        CancellationToken cancellationToken
    )
    {
        if (receipts is null)
        {
            return LogProofs.Read(await client.Audit.GetProofAsync(index, cancellationToken)).ToBytes();
        }

        var proof = await client.Audit.ProveAsync(await receipts.Find(index, cancellationToken), cancellationToken);
        return Encoding.UTF8.GetBytes(proof.ToJson());
    }
}
