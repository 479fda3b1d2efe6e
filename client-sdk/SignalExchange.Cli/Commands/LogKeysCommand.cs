using System.CommandLine;
using System.Text.Json.Nodes;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log keys</c>: the keys that the exchange says it signs with; compare them with what you were given.</summary>
internal static class LogKeysCommand
{
    public static Command Create() =>
        new ExchangeCommand(
            "keys",
            "Shows the keys that sign checkpoints and manifests: compare them with what you were given."
        ).Runs(
            async (client, _, cancellationToken) =>
            {
                var checkpoint = await client.Audit.GetCheckpointAsync(cancellationToken);
                return [new JsonObject { ["log_key"] = checkpoint.LogKey, ["manifest_key"] = checkpoint.ManifestKey }];
            }
        );
}
