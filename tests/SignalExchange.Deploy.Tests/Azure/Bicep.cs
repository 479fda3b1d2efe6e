using System.Diagnostics;
using System.Reflection;

namespace SignalExchange.Deploy.Tests.Azure;

/// <summary>The Bicep compiler, restored as a package.</summary>
internal static class Bicep
{
    private static readonly string Program = typeof(Bicep)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(it => it.Key == "BicepCompiler")
        .Value!;

    /// <summary>Runs it in <c>deploy/azure</c>.</summary>
    /// <returns>What it wrote, and what it complained of.</returns>
    public static async Task<(int ExitCode, string Output, string Complaints)> Run(
        CancellationToken cancellationToken,
        params string[] arguments
    )
    {
        using var process = Process.Start(
            new ProcessStartInfo(Program, arguments)
            {
                WorkingDirectory = Path.Combine(DeployFiles.Root, "azure"),
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["BICEP_TRACING_ENABLED"] = "false" },
            }
        )!;
        var complaints = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output, await complaints);
    }
}
