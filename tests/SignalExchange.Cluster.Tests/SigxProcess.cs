using System.Diagnostics;

namespace SignalExchange.Cluster.Tests;

/// <summary>Runs sigx as people do.</summary>
internal sealed class SigxProcess(string folder, Uri endpoint)
{
    /// <summary>Gets what starts the program; nothing for itself.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>Gets what is in its environment besides.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

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
        string[] all = [.. Launcher, "dotnet", Path.Combine(AppContext.BaseDirectory, "sigx.dll"), .. args];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
