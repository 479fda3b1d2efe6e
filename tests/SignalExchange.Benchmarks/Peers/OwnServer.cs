using System.Diagnostics;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>A database server of this process's own, which ends with it, however that ends.</summary>
/// <remarks>It runs under a shell that stops it when its standard input closes; servers refuse to run as root, so root's runs as nobody.</remarks>
internal sealed class OwnServer : IAsyncDisposable
{
    private const string UntilInputEnds = """
        "$@" >server.log 2>&1 & server=$!; cat >/dev/null; kill -INT $server 2>/dev/null; wait $server
        """;

    private static readonly string[] AsNobody =
    [
        "setpriv",
        "--reuid=nobody",
        "--regid=nogroup",
        "--clear-groups",
        "--",
    ];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _shell;

    private OwnServer(Process shell) => _shell = shell;

    /// <summary>Starts a server in a folder that is its own.</summary>
    /// <param name="folder">The folder; there.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="answers">Whether it can be used yet.</param>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<OwnServer> Start(string folder, string[] command, Func<Task<bool>> answers)
    {
        var server = new OwnServer(Process.Start(Command(folder, ["sh", "-c", UntilInputEnds, "sh", .. command]))!);
        var begun = Stopwatch.GetTimestamp();
        while (!await answers())
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"{command[0]} did not start.");
            }

            await Task.Delay(50);
        }

        return server;
    }

    /// <summary>Makes a folder that the server can write.</summary>
    /// <remarks>Below the system's temporary folder: nobody else's may be closed to who runs the server.</remarks>
    public static async Task<string> MakeFolder(string name)
    {
        var folder = Directory.CreateTempSubdirectory($"signalexchange-bench-{name}-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["nobody:nogroup", folder]);
            await chown.WaitForExitAsync();
        }

        return folder;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private static ProcessStartInfo Command(string folder, string[] command)
    {
        string[] all = Environment.IsPrivilegedProcess ? [.. AsNobody, .. command] : command;
        return new(all[0], all[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
    }
}
