using System.Diagnostics;
using System.Globalization;

namespace SignalExchange.TestKit.Postgres;

/// <summary>A PostgreSQL server of the tests' own: in a temporary folder, on a free port of loopback, as an ordinary user.</summary>
/// <remarks>
/// PostgreSQL refuses to run as root, so root's tests start it as nobody. However the tests end, the server ends with them: it
/// runs under a shell that stops it when its standard input closes.
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "exchange";

    // Ends with the server; and the server with the input, which the system closes when the tests' process is gone.
    private const string UntilInputEnds = """
        exec 3<&0
        "$@" 2>>server.log 3<&- & server=$!
        (cat <&3 >/dev/null; kill -INT $server 2>/dev/null) &
        wait $server
        """;

    // Root's server runs as nobody.
    private static readonly string[] AsNobody =
    [
        "setpriv",
        "--reuid=nobody",
        "--regid=nogroup",
        "--clear-groups",
        "--",
    ];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-postgres-").FullName;
    private Process? _shell;

    private readonly string[] _settings;
    private readonly IReadOnlyList<string> _launcher;

    private PostgresServer(string[] settings, Func<string, IReadOnlyList<string>>? launcherFor = null) =>
        (_settings, _launcher) = (settings, launcherFor?.Invoke(Data) ?? []);

    /// <summary>Gets the port on loopback; the same after a restart.</summary>
    public int Port { get; private set; }

    /// <summary>Gets the id of the shell that the server runs under, which sees the files that the server sees.</summary>
    public int ProcessId => _shell!.Id;

    /// <summary>Gets the folder of its tables.</summary>
    public string Data => Path.Combine(_folder, "data");

    private string WriteAheadLog => Path.Combine(_folder, "wal");

    /// <summary>Makes and starts a server.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="settings">Settings of its own, each as <c>name=value</c>.</param>
    public static Task<PostgresServer> StartNewAsync(CancellationToken cancellationToken, params string[] settings) =>
        StartNewAsync(new PostgresServer(settings), cancellationToken);

    /// <summary>Makes a server, and starts it by other programs, whose arguments follow them.</summary>
    /// <param name="launcherFor">Returns the programs for the folder of the tables. The write-ahead log is in another one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<PostgresServer> StartNewAsync(
        Func<string, IReadOnlyList<string>> launcherFor,
        CancellationToken cancellationToken
    ) => StartNewAsync(new PostgresServer([], launcherFor), cancellationToken);

    /// <summary>Returns how to connect to a database of this server.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Database={database};Username={User}");

    /// <summary>Makes an empty database.</summary>
    public Task CreateDatabaseAsync(string name, CancellationToken cancellationToken) =>
        RunAsync(
            ["createdb", "-h", "127.0.0.1", "-p", PortText(), "-U", User, "-T", "template0", name],
            cancellationToken
        );

    /// <summary>Starts the server where it was.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _shell = Process.Start(
            Command(
                [
                    "sh",
                    "-c",
                    UntilInputEnds,
                    "sh",
                    Tool("postgres"),
                    "-D",
                    Data,
                    "-p",
                    PortText(),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "max_connections=200",
                    "-c",
                    "shared_buffers=64MB",
                    .. _settings.SelectMany(setting => new[] { "-c", setting }),
                ],
                launcher: _launcher
            )
        )!;
        await WaitUntilItAnswersAsync(cancellationToken);
    }

    /// <summary>Stops the server.</summary>
    /// <param name="isCrash">Whether it is to stop as if its machine lost power, rather than in order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task StopAsync(bool isCrash, CancellationToken cancellationToken)
    {
        var mode = isCrash ? "immediate" : "fast";
        await RunAsync([Tool("pg_ctl"), "stop", "-D", Data, "-m", mode, "-w"], cancellationToken);
        await EndShellAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndShellAsync(CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PostgresServer> StartNewAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        try
        {
            await server.MakeAsync(cancellationToken);
            await server.StartOnFreePortAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync(["chown", "nobody:nogroup", _folder], cancellationToken, asIs: true);
        }

        await RunAsync(
            [
                Tool("initdb"),
                "-D",
                Data,
                "-X",
                WriteAheadLog,
                "-U",
                User,
                "--auth=trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
            ],
            cancellationToken
        );
    }

    private async Task StartOnFreePortAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort.Find();
            try
            {
                await StartAsync(cancellationToken);
                return;
            }
            catch (InvalidOperationException) when (attempt < 5)
            {
                // Somebody else took the port in between.
                await EndShellAsync(cancellationToken);
            }
        }
    }

    private async Task WaitUntilItAnswersAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        while (
            !await TryRunAsync(
                [Tool("pg_isready"), "-q", "-h", "127.0.0.1", "-p", PortText(), "-U", User],
                deadline.Token
            )
        )
        {
            if (_shell!.HasExited)
            {
                var log = await File.ReadAllTextAsync(Path.Combine(_folder, "server.log"), cancellationToken);
                throw new InvalidOperationException($"PostgreSQL did not start: {log}");
            }

            await Task.Delay(50, deadline.Token);
        }
    }

    private async Task EndShellAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _shell, null) is { } shell)
        {
            shell.StandardInput.Close();
            await shell.WaitForExitAsync(cancellationToken);
            shell.Dispose();
        }
    }

    private async Task RunAsync(string[] arguments, CancellationToken cancellationToken, bool asIs = false)
    {
        if (!await TryRunAsync(arguments, cancellationToken, asIs))
        {
            throw new InvalidOperationException($"{arguments[0]} failed.");
        }
    }

    private async Task<bool> TryRunAsync(string[] arguments, CancellationToken cancellationToken, bool asIs = false)
    {
        var command = Command(arguments, asIs);
        command.RedirectStandardOutput = true;
        using var process = Process.Start(command)!;
        process.StandardInput.Close();
        await process.StandardOutput.ReadToEndAsync(cancellationToken); // Nobody needs to see what went well.
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0;
    }

    private ProcessStartInfo Command(string[] arguments, bool asIs = false, IReadOnlyList<string>? launcher = null)
    {
        string[] all = [.. launcher ?? [], .. asIs || !Environment.IsPrivilegedProcess ? [] : AsNobody, .. arguments];
        return new(all[0], all[1..])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
    }

    private string PortText() => Port.ToString(CultureInfo.InvariantCulture);

    // Debian keeps the server's programs out of the path, a folder a version.
    private static string Tool(string name)
    {
        var folders = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            : [];
        return folders
                .Order(StringComparer.Ordinal)
                .Select(folder => Path.Combine(folder, name))
                .LastOrDefault(File.Exists)
            ?? name;
    }
}
