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
    public static Task<(int ExitCode, string Output, string Complaints)> Run(
        CancellationToken cancellationToken,
        params string[] arguments
    ) => Commands.Run(Path.Combine(DeployFiles.Root, "azure"), Program, cancellationToken, arguments);
}
