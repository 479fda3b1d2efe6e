using System.Diagnostics;

namespace SignalExchange.Deploy.Tests;

/// <summary>Runs the programs that the deployment is checked by.</summary>
internal static class Commands
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="program">What runs.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="arguments">What it is given.</param>
    /// <returns>Its exit code, what it wrote, and what it complained of.</returns>
    public static async Task<(int ExitCode, string Output, string Complaints)> Run(
        string folder,
        string program,
        CancellationToken cancellationToken,
        params string[] arguments
    )
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["BICEP_TRACING_ENABLED"] = "false", ["SYSTEMD_PAGER"] = "" },
            }
        )!;
        var complaints = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output, await complaints);
    }
}
