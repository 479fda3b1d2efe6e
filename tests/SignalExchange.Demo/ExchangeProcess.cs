using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace SignalExchange.Demo;

/// <summary>An exchange as a process of its own, its output in a file; it can be killed and started again.</summary>
internal sealed class ExchangeProcess(string dataFolder, string logFile) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private Process? _process;
    private Task _copying = Task.CompletedTask;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>Enrols the first operator by the server's own command.</summary>
    public async Task Bootstrap(string publicKeyFile, CancellationToken cancellationToken)
    {
        using var process = Launch([
            "bootstrap",
            "--public-key",
            publicKeyFile,
            "--Exchange:DataDirectory",
            dataFolder,
        ]);
        var copying = CopyOutput(process);
        await process.WaitForExitAsync(cancellationToken);
        await copying;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"bootstrap exited with {process.ExitCode}; see {logFile}.");
        }
    }

    /// <summary>Starts the exchange and waits until its port answers.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="settings">Further settings, as on the command line.</param>
    public async Task Start(CancellationToken cancellationToken, params string[] settings)
    {
        _process = Launch([
            "--Exchange:DataDirectory",
            dataFolder,
            "--Exchange:Listen",
            Address.ToString(),
            .. settings,
        ]);
        _copying = CopyOutput(_process);
        var started = TimeProvider.System.GetTimestamp();
        while (!await IsListening(cancellationToken))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(started) > StartLimit)
            {
                throw new InvalidOperationException($"The exchange did not start; see {logFile}.");
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>Kills the process as a power cut would: SIGKILL, no goodbye.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        await _copying;
        _process.Dispose();
        _process = null;
    }

    /// <summary>Asks the process to end, as an operator does: SIGTERM, and waits until it has.</summary>
    public async Task Stop(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await _process.WaitForExitAsync(cancellationToken);
        await _copying;
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await Kill();
        }
    }

    private static Process Launch(IEnumerable<string> args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(ServerFile());
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The exchange's process did not start.");
    }

    /// <summary>Returns the file of the server's program, as it was built.</summary>
    public static string ServerFile()
    {
        var relative = Path.Combine(
            "silo",
            "SignalExchange.Silo",
            "bin",
            "Release",
            "net10.0",
            "SignalExchange.Silo.dll"
        );
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, relative)))
            {
                return Path.Combine(folder.FullName, relative);
            }
        }

        throw new InvalidOperationException(
            "The exchange is not built: dotnet build silo/SignalExchange.Silo -c Release"
        );
    }

    private async Task CopyOutput(Process process)
    {
        await using var log = new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        await Task.WhenAll(Copy(process.StandardOutput, log), Copy(process.StandardError, log));
    }

    private static async Task Copy(StreamReader from, FileStream log)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(line + "\n");
            lock (log)
            {
                log.Write(bytes);
                log.Flush();
            }
        }
    }

    private async Task<bool> IsListening(CancellationToken cancellationToken)
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, Address.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Returns a port of loopback that nobody listens on.</summary>
    public static int FreePort()
    {
        // Below the ports that systems hand out by themselves: no connection is given it before the exchange listens.
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(11_000, 32_000));
            try
            {
                probe.Start();
                return ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
