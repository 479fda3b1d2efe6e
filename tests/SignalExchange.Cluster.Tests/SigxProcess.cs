using System.Diagnostics;

namespace SignalExchange.Cluster.Tests;

/// <summary>Runs sigx as people do.</summary>
internal sealed class SigxProcess(string folder, Uri endpoint)
{
    /// <summary>Runs a command as a member with the key of a name, and JSON output.</summary>
    public Task<SigxResult> As(string member, string key, params string[] args) =>
        Run([.. args, "--member", member, "--key", key + ".key.pem", "--endpoint", endpoint.ToString(), "--json"]);

    /// <summary>Starts a command that goes on until it is killed; its first line of output says that it runs.</summary>
    public async Task<Process> Start(params string[] args)
    {
        var process = Launch(args);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(line);
        return process;
    }

    /// <summary>Runs a command.</summary>
    public async Task<SigxResult> Run(params string[] args)
    {
        using var process = Launch(args);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }

    private Process Launch(string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "sigx.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }
}
