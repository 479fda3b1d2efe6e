using System.Text.Json.Nodes;

namespace SignalExchange.Cli.Tests.Logs;

/// <summary>Runs sigx in this process.</summary>
internal static class Sigx
{
    public static async Task<(int ExitCode, JsonArray Rows, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await SigxApp.Run([.. args, "--json"], output, error, TestContext.Current.CancellationToken);
        var text = output.ToString();
        return (exitCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsArray(), error.ToString());
    }
}
