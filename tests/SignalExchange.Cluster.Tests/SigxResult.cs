using System.Text.Json.Nodes;

namespace SignalExchange.Cluster.Tests;

/// <summary>What a run of sigx came to.</summary>
internal sealed record SigxResult(int ExitCode, string Output, string Error)
{
    public JsonArray Json => JsonNode.Parse(Output)!.AsArray();
}
