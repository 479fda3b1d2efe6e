using System.Diagnostics;

namespace SignalExchange.Cli.Commands;

/// <summary>The exchange's own program on this machine, and what it says.</summary>
/// <param name="path">Its file; null for the one beside sigx.</param>
internal sealed class ServerProgram(string? path)
{
    private const string Name = "SignalExchange.Silo.dll";

    /// <summary>Runs it to its end.</summary>
    /// <param name="args">Its command line.</param>
    /// <param name="output">Gets what it says.</param>
    /// <param name="error">Gets what it says of errors, and its progress.</param>
    /// <param name="cancellationToken">Ends it: it leaves what it was to fill as it was.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="UsageException">It is not there.</exception>
    public async Task<int> RunAsync(
        IEnumerable<string> args,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo("dotnet", [Find(), .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (error == Console.Error && !Console.IsErrorRedirected)
        {
            // It writes to a pipe, which ends at a terminal all the same.
            start.Environment["SIGNALEXCHANGE_PROGRESS"] = "bar";
        }

        using var process = Process.Start(start) ?? throw new UsageException("The server's program did not start.");
        try
        {
            await Task.WhenAll(
                Copy(process.StandardOutput, output, cancellationToken),
                Copy(process.StandardError, error, cancellationToken)
            );
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private string Find()
    {
        var file = path ?? Path.Combine(AppContext.BaseDirectory, Name);
        return File.Exists(file)
            ? file
            : throw new UsageException(
                $"'{file}' is not there. Say where the server's program is: --server {Name}, or SIGX_SERVER."
            );
    }

    // As it comes, a progress bar's returns included.
    private static async Task Copy(StreamReader from, TextWriter to, CancellationToken cancellationToken)
    {
        var piece = new char[1024];
        while (await from.ReadAsync(piece, cancellationToken) is > 0 and var length)
        {
            await to.WriteAsync(piece.AsMemory(0, length), cancellationToken);
            await to.FlushAsync(cancellationToken);
        }
    }
}
