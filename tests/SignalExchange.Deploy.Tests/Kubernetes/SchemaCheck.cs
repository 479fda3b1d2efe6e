using System.Diagnostics;
using System.Text.Json.Nodes;
using SignalExchange.Deploy.Tests.Schemas;

namespace SignalExchange.Deploy.Tests.Kubernetes;

/// <summary>Holds objects against the schemas of Kubernetes' API, as the npm package kubernetes-models carries them.</summary>
internal static class SchemaCheck
{
    // test.sh installs both, and names the same versions.
    private const string ModelsVersion = "5.1.0";
    private const string NodeVersion = "22.23.3";

    private const string Script = """
        const models = process.argv[1];
        let text = "";
        for await (const chunk of process.stdin) text += chunk;
        for (const it of JSON.parse(text)) {
          const [group, version] = it.apiVersion.includes("/") ? it.apiVersion.split("/") : ["", it.apiVersion];
          const path = [models, group, version, it.kind + ".js"].filter(part => part).join("/");
          const { [it.kind]: Model } = await import(path);
          try { new Model(it).validate(); }
          catch (error) { console.log(`${it.kind} ${it.metadata?.name}: ${error.message}`); }
        }
        """;

    /// <summary>Returns what is wrong with the objects, a line each; empty if nothing is.</summary>
    public static async Task<string> Run(JsonNode[] objects, CancellationToken cancellationToken)
    {
        var models = Path.Combine(
            InstalledPackages.Folder,
            $"kubernetes-models-{ModelsVersion}",
            "node_modules",
            "kubernetes-models"
        );
        var node = Path.Combine(InstalledPackages.Folder, $"node-{NodeVersion}", "node_modules", "node", "bin", "node");
        Assert.True(File.Exists(node) && Directory.Exists(models), "./test.sh installs node and kubernetes-models.");
        using var process = Process.Start(
            new ProcessStartInfo(node, ["--input-type=module", "--eval", Script, models])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        await process.StandardInput.WriteAsync(new JsonArray(objects).ToJsonString());
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
