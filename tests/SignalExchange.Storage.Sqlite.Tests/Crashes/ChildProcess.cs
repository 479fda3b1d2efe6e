using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace SignalExchange.Storage.Sqlite.Tests.Crashes;

/// <summary>This program, started once more in another role. Killed at the latest when disposed.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    public const string CommitUntilKilled = "--commit-until-killed";
    public const string FailInCommit = "--fail-in-commit";

    private readonly Process _process;

    /// <summary>Starts it.</summary>
    /// <param name="role">What it does, one of the constants.</param>
    /// <param name="folder">The data folder that it does it in.</param>
    public ChildProcess(string role, string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(ChildProcess).Assembly.GetName().Name!);
        _process = Process.Start(
            new ProcessStartInfo(OperatingSystem.IsWindows() ? program + ".exe" : program, [role, folder])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
    }

    /// <summary>Gets what it prints.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>Opens the storage in the role of the process.</summary>
    public static async Task<SqliteExchangeStore> OpenStoreAsync(string folder)
    {
        var options = Options.Create(new SqliteStorageOptions { DataDirectory = folder });
        var store = new SqliteExchangeStore(options, NullLogger<SqliteExchangeStore>.Instance);
        await store.OpenAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Kills it (SIGKILL). What it printed before can still be read.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Kills it, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
