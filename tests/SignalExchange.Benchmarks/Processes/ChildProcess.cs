using System.Diagnostics;
using System.Text.Json;

namespace SignalExchange.Benchmarks.Processes;

/// <summary>This program once more, in a role of its own: says that it is ready, then answers each line with a line.</summary>
/// <remarks>Questions go to its standard input, answers come from its standard output, in JSON. It ends when its input does, so none outlives its parent.</remarks>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>The first word of a child's command line.</summary>
    public const string Command = "child";

    /// <summary>Begins the lines that are answers: a server may print others.</summary>
    public const string Mark = "@ ";

    /// <summary>How messages are written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    // To fill an index of fifty million takes minutes; what takes longer has stopped.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly string _role;
    private readonly Queue<string> _said = new();

    private ChildProcess(string role, Process process)
    {
        (_role, _process) = (role, process);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Gets its id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a child.</summary>
    /// <param name="role">What it is to be: <see cref="ChildRoles"/>.</param>
    /// <param name="settings">What the role takes.</param>
    /// <param name="isServer">Whether it gets the server's garbage collector, as a silo does.</param>
    public static ChildProcess Start(string role, object settings, bool isServer)
    {
        // Under "dotnet X.dll" the process is dotnet; the apphost needs no path.
        string[] path =
            Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
                ? [Environment.GetCommandLineArgs()[0]]
                : [];
        string[] args = [.. path, Command, role, JsonSerializer.Serialize(settings, Json)];
        return Start(role, Environment.ProcessPath!, args, isServer);
    }

    /// <summary>Starts another program that holds the same conversation.</summary>
    /// <param name="name">Its name in messages.</param>
    /// <param name="program">The program.</param>
    /// <param name="args">Its arguments.</param>
    public static ChildProcess Start(string name, string program, IEnumerable<string> args) =>
        Start(name, program, args, isServer: false);

    private static ChildProcess Start(string name, string program, IEnumerable<string> args, bool isServer)
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_gcServer"] = isServer ? "1" : "0" },
        };
        return new(name, Process.Start(start)!);
    }

    /// <summary>Reads the next answer; the first one says that the child is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or says nothing; the message holds what it said last.</exception>
    public async Task<T> Read<T>()
    {
        while (await ReadLine() is { } line)
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize<T>(line.AsSpan(Mark.Length), Json)!;
            }

            Note(line);
        }

        throw new InvalidOperationException($"The child '{_role}' ended. It said:\n{string.Join('\n', Said())}");
    }

    /// <summary>Asks, and waits for the answer.</summary>
    public async Task<T> Ask<T>(object question)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question, Json));
        await _process.StandardInput.FlushAsync();
        return await Read<T>();
    }

    /// <summary>Ends its input, and waits until it has ended; one that does not is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await DrainAsync().WaitAsync(PatienceAtEnd);
            await _process.WaitForExitAsync().WaitAsync(PatienceAtEnd);
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<string?> ReadLine()
    {
        try
        {
            return await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        }
        catch (TimeoutException exception)
        {
            _process.Kill(entireProcessTree: true);
            throw new InvalidOperationException(
                $"The child '{_role}' said nothing for {Patience}. Before, it said:\n{string.Join('\n', Said())}",
                exception
            );
        }
    }

    private async Task DrainAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Note(line);
        }
    }

    private void Note(string? line)
    {
        lock (_said)
        {
            if (line is not null)
            {
                _said.Enqueue(line);
            }

            while (_said.Count > 40)
            {
                _said.Dequeue();
            }
        }
    }

    private string[] Said()
    {
        lock (_said)
        {
            return [.. _said];
        }
    }
}
