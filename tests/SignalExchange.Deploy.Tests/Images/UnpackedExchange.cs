using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SignalExchange.Deploy.Tests.Images;

/// <summary>An image's program on this machine's runtime: with the image's variables and no other, and as its user where the tests may choose one.</summary>
internal sealed class UnpackedExchange : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("exchange-");
    private readonly StringBuilder _output = new();
    private readonly Uri _operations = new($"http://127.0.0.1:{FreePort()}");
    private readonly Process _process;

    /// <summary>Starts it.</summary>
    /// <param name="root">Where the image was unpacked.</param>
    /// <param name="program">The program's path in the image.</param>
    /// <param name="user">Its user's number.</param>
    /// <param name="variables">The image's variables, each NAME=VALUE.</param>
    public UnpackedExchange(string root, string program, string user, IEnumerable<string> variables)
    {
        List<string> command = ["dotnet", root + program];
        if (Environment.UserName == "root")
        {
            command.InsertRange(0, ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups"]);
            Run("chmod", "o+rx", Path.GetDirectoryName(root)!); // A folder for temporary files is its maker's alone.
            Run("chown", user, _data.FullName);
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var (name, value) in variables.Select(it => it.Split('=', 2)).Select(it => (it[0], it[1])))
        {
            start.Environment[name] = value;
        }

        start.Environment["Exchange__DataDirectory"] = Path.Combine(_data.FullName, "data");
        start.Environment["Exchange__Listen"] = $"http://127.0.0.1:{FreePort()}";
        start.Environment["Exchange__ListenMetrics"] = _operations.ToString();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Note;
        _process.ErrorDataReceived += Note;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Asks its operations' address until it answers.</summary>
    public async Task<string> Ask(string path, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await client.GetStringAsync(new Uri(_operations, path), cancellationToken);
            }
            catch (HttpRequestException)
                when (!_process.HasExited && TimeProvider.System.GetElapsedTime(begun) < Patience)
            {
                await Task.Delay(100, cancellationToken);
            }
            catch (HttpRequestException exception)
            {
                lock (_output)
                {
                    throw new InvalidOperationException($"The exchange does not answer. {_output}", exception);
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _data.Delete(recursive: true);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
