using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace SignalExchange.TestKit.Clusters;

/// <summary>One of several silos: the program that operators run, as they run it, its output in a file.</summary>
/// <param name="number">Its number, from 0; its access log counts from 1.</param>
/// <param name="folder">Where its data folder and its output go.</param>
/// <param name="settings">What all silos of the cluster are told.</param>
public sealed class SiloNode(int number, string folder, IReadOnlyList<string> settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly int _siloPort = FreePort.Find();
    private readonly Uri _operations = new($"http://127.0.0.1:{FreePort.Find()}");
    private Process? _process;
    private Task _copying = Task.CompletedTask;

    /// <summary>Gets its number, from 0.</summary>
    public int Number => number;

    /// <summary>Gets where members call it; the same after a restart.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    /// <summary>Gets the file with all that it said.</summary>
    public string OutputFile => Path.Combine(folder, $"{Name}.out");

    /// <summary>Gets the process's id.</summary>
    public int ProcessId => _process!.Id;

    private string Name => string.Create(CultureInfo.InvariantCulture, $"silo-{number + 1}");

    private string[] Arguments =>
        [
            "--Exchange:DataDirectory",
            Path.Combine(folder, Name),
            "--Exchange:Listen",
            Address.ToString(),
            "--Exchange:ListenMetrics",
            _operations.ToString(),
            "--Exchange:SiloPort",
            _siloPort.ToString(CultureInfo.InvariantCulture),
            "--Exchange:AccessLog:Log",
            Name,
            .. settings,
        ];

    /// <summary>Runs one of the server's commands to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message names the file with what it said.</exception>
    public async Task RunAsync(CancellationToken cancellationToken, params string[] command)
    {
        Launch([.. command, .. Arguments]);
        await _process!.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} exited with {_process.ExitCode}; see {OutputFile}.");
        }

        await ForgetAsync();
    }

    /// <summary>Starts it, and waits until it is ready for calls.</summary>
    /// <exception cref="InvalidOperationException">It ended, or is not ready after two minutes.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Launch(Arguments);
        using var http = new HttpClient { BaseAddress = _operations };
        for (var begun = Stopwatch.GetTimestamp(); !await IsReadyAsync(http, cancellationToken); )
        {
            if (_process!.HasExited || Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw new InvalidOperationException($"Silo {number} is not ready; see {OutputFile}.");
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Kills it as a power cut would: SIGKILL, no goodbye.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await ForgetAsync();
    }

    /// <summary>Asks it to stop, as systemd and Kubernetes do, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using var signal = Process.Start("kill", ["-TERM", ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await _process!.WaitForExitAsync(cancellationToken);
        var code = _process.ExitCode;
        await ForgetAsync();
        return code;
    }

    /// <summary>Kills it, if it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/ready", UriKind.Relative), cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // It does not listen yet.
        }
    }

    private void Launch(IEnumerable<string> arguments)
    {
        var program = ProgramFile();
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Its content root, or it would take the tests' settings for its own.
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        _process = Process.Start(start)!;
        _copying = CopyOutput(_process);
    }

    private async Task ForgetAsync()
    {
        await _copying;
        _process!.Dispose();
        _process = null;
    }

    private async Task CopyOutput(Process process)
    {
        await using var file = new StreamWriter(OutputFile, append: true) { AutoFlush = true };
        using var turns = new SemaphoreSlim(1);
        await Task.WhenAll(Copy(process.StandardOutput), Copy(process.StandardError));

        async Task Copy(StreamReader from)
        {
            while (await from.ReadLineAsync() is { } line)
            {
                await turns.WaitAsync();
                await file.WriteLineAsync(line);
                turns.Release();
            }
        }
    }

    /// <summary>Returns the program of a silo.</summary>
    /// <exception cref="InvalidOperationException">It is not built.</exception>
    public static string ProgramFile()
    {
        const string Program = "SignalExchange.Silo.dll";
        var built = Path.Combine("silo", "SignalExchange.Silo", "bin", "Release", "net10.0", Program);
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, built)))
            {
                return Path.Combine(at.FullName, built);
            }
        }

        throw new InvalidOperationException(
            "The exchange is not built: dotnet build silo/SignalExchange.Silo -c Release"
        );
    }
}
