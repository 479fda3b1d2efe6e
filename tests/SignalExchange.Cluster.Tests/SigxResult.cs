using System.Text.Json.Nodes;

namespace SignalExchange.Cluster.Tests;

/// <summary>What a run of sigx came to.</summary>
internal sealed record SigxResult(int ExitCode, string Output, string Error)
{
    public JsonArray Json => JsonNode.Parse(Output)!.AsArray();

    /// <summary>Awaits a run that must go well.</summary>
    public static async Task<SigxResult> Done(Task<SigxResult> run)
    {
        var result = await run;
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return result;
    }

    /// <summary>Returns a text of the first row.</summary>
    public string Text(string cell) => Json[0]![cell]!.GetValue<string>();
}
