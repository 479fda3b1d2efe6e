using System.Diagnostics;

namespace SignalExchange.Storage.Sqlite.Tests.Crashes;

/// <summary>This program, started once more in another role.</summary>
internal static class ChildProcess
{
    public const string CommitUntilKilled = "--commit-until-killed";
    public const string FailInCommit = "--fail-in-commit";

    /// <summary>Starts it; what it prints can be read.</summary>
    public static Process Start(string role, string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(ChildProcess).Assembly.GetName().Name!);
        return Process.Start(
                new ProcessStartInfo(OperatingSystem.IsWindows() ? program + ".exe" : program, [role, folder])
                {
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            ) ?? throw new InvalidOperationException("The process did not start.");
    }

    /// <summary>Opens the storage that the process is to use.</summary>
    public static async Task<SqliteExchangeStore> OpenStoreAsync(string folder)
    {
        var options = new SqliteStorageOptions { DataDirectory = folder };
        var store = new SqliteExchangeStore(
            Microsoft.Extensions.Options.Options.Create(options),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<SqliteExchangeStore>.Instance
        );
        await store.OpenAsync(CancellationToken.None);
        return store;
    }
}
