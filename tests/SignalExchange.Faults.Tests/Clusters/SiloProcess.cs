using System.Diagnostics;
using System.Globalization;
using System.Net;
using SignalExchange.TestKit.Clusters;

namespace SignalExchange.Faults.Tests.Clusters;

/// <summary>A silo as a process of its own; it can be killed, stopped and gone on with, and started again where it was.</summary>
/// <param name="name">What it is called.</param>
/// <param name="folder">Where its output goes.</param>
/// <param name="health">Where it says whether it is ready.</param>
/// <param name="settings">Its settings.</param>
internal sealed class SiloProcess(string name, string folder, Uri health, IReadOnlyList<string> settings)
    : IAsyncDisposable
{
    // The shell says the silo's id, ends with it, and kills it when its own input closes, which the system sees to when the tests are gone.
    private const string UntilInputEnds = """
        exec 3<&0 2>/dev/null
        log=$1; shift
        "$@" >>"$log" 2>&1 3<&- </dev/null & silo=$!
        echo $silo
        (cat <&3 >/dev/null; kill -KILL $silo) >/dev/null 2>&1 &
        wait $silo
        """;

    private static readonly HttpClient Http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = TimeSpan.FromSeconds(2),
    };

    private Process? _shell;
    private long _logStart;

    /// <summary>Gets the process's id; 0 when there is none.</summary>
    public int Id { get; private set; }

    public string LogFile => Path.Combine(folder, name + ".log");

    /// <summary>Gets or sets what the process finds in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>();

    /// <summary>Gets or sets the silo's program.</summary>
    public string Program { get; set; } = SiloNode.ProgramFile();

    /// <summary>Gets or sets programs that start the silo's program, with their arguments.</summary>
    public IReadOnlyList<string> Launcher { get; set; } = [];

    /// <summary>Gets whether it ended since it learned that the others had given it up, as one that stood still or was cut off must.</summary>
    public bool WasGivenUp =>
        !IsRunning && OutputSinceStart().Contains("I have been told I am dead", StringComparison.Ordinal);

    public bool IsRunning => _shell is { HasExited: false };

    /// <summary>Starts the silo's program and waits until it ends.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken, params string[] command)
    {
        await LaunchAsync(command, cancellationToken);
        await _shell!.WaitForExitAsync(cancellationToken);
        var code = _shell.ExitCode;
        Forget();
        if (code != 0)
        {
            throw new InvalidOperationException(
                $"{name} exited with {code}: {await File.ReadAllTextAsync(LogFile, cancellationToken)}"
            );
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => LaunchAsync([], cancellationToken);

    /// <summary>Waits until the silo says that it may be sent calls.</summary>
    public async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(120));
        while (!await IsReadyAsync(deadline.Token))
        {
            if (!IsRunning)
            {
                throw new InvalidOperationException($"{name} ended: {Tail()}");
            }

            await Task.Delay(100, deadline.Token);
        }
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(cancellationToken);
        return answer?.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>Returns the time that it goes by, to the second; null while it does not answer.</summary>
    public async Task<DateTimeOffset?> ReadClockAsync(CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(cancellationToken);
        return answer?.Headers.Date; // RFC 9110 6.6.1: the time at which the answer was made.
    }

    private async Task<HttpResponseMessage?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Http.GetAsync(new Uri(health, "/ready"), cancellationToken);
        }
        catch (Exception failure)
            when (failure is HttpRequestException
                || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return null;
        }
    }

    /// <summary>Kills it as a power cut would: SIGKILL.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>Asks it to end in order: SIGTERM.</summary>
    public Task StopAsync() => EndAsync("TERM");

    /// <summary>Has it stand still wherever it is: SIGSTOP.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (_shell is not null)
        {
            await KillAsync();
        }
    }

    /// <summary>Returns the last lines that it said.</summary>
    public string Tail() => File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(15)) : "";

    private async Task LaunchAsync(string[] command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "sh",
            ["-c", UntilInputEnds, "sh", LogFile, .. Launcher, "dotnet", Program, .. command, .. settings]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            // Its content root, or it would take the tests' settings for its own.
            WorkingDirectory = Path.GetDirectoryName(Program),
        };
        foreach (var (key, value) in Environment)
        {
            start.Environment[key] = value;
        }

        _logStart = File.Exists(LogFile) ? new FileInfo(LogFile).Length : 0;
        _shell = Process.Start(start)!;
        Id = int.Parse((await _shell.StandardOutput.ReadLineAsync(cancellationToken))!, CultureInfo.InvariantCulture);
    }

    private string OutputSinceStart()
    {
        using var log = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = _logStart;
        using var reader = new StreamReader(log);
        return reader.ReadToEnd();
    }

    private async Task EndAsync(string signal)
    {
        if (_shell is { HasExited: false } shell)
        {
            await SignalAsync(signal);
            await shell.WaitForExitAsync();
        }

        Forget();
    }

    private void Forget()
    {
        _shell?.StandardInput.Close();
        _shell?.Dispose();
        (_shell, Id) = (null, 0);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {Id}"]);
        await kill.WaitForExitAsync();
    }
}
