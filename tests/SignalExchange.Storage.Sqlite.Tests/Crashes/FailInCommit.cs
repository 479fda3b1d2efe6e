using System.Runtime.InteropServices;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.Crashes;

/// <summary>The process whose disk fails in the middle of a commit: it may write files up to a size only (setrlimit).</summary>
/// <remarks>Prints what a commit got, then the head, then what the same commit got after the limit was lifted.</remarks>
internal static class FailInCommit
{
    private const int FileSizeLimit = 1; // RLIMIT_FSIZE
    private const int FileSizeSignal = 25; // SIGXFSZ, which ends a process that does not handle it.
    private const ulong MaxFileBytes = 4 * 1024 * 1024;

    public static async Task<int> RunAsync(string folder)
    {
        using var registration = PosixSignalRegistration.Create(
            (PosixSignal)FileSizeSignal,
            context => context.Cancel = true
        );
        await using var store = await ChildProcess.OpenStoreAsync(folder);
        var model = new ShardModel(store.Shards, new(0));
        await model.CommitAsync(store, model.Next(1), CancellationToken.None);
        SetMaxFileBytes(MaxFileBytes);
        var (commit, error) = await CommitUntilErrorAsync(store, model);
        Console.WriteLine(error);
        Console.WriteLine(await store.ReadHeadAsync(model.Shard, CancellationToken.None) == model.Head);

        SetMaxFileBytes(ulong.MaxValue);
        Console.WriteLine(await store.CommitAsync(commit, CancellationToken.None));
        return 0;
    }

    private static async Task<(ShardCommit Commit, string Error)> CommitUntilErrorAsync(
        SqliteExchangeStore store,
        ShardModel model
    )
    {
        while (true)
        {
            var commit = model.Next([.. Enumerable.Range((int)model.Head, 100)]);
            try
            {
                await model.CommitAsync(store, commit, CancellationToken.None);
            }
            catch (Exception exception)
            {
                return (commit, exception.GetType().Name);
            }
        }
    }

    private static void SetMaxFileBytes(ulong bytes)
    {
        var limit = new Limit { Current = bytes, Max = ulong.MaxValue };
        if (SetLimit(FileSizeLimit, ref limit) != 0)
        {
            throw new InvalidOperationException($"setrlimit failed: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetLimit(int resource, ref Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Current;
        public ulong Max;
    }
}
