using SignalExchange.Storage.Sqlite.Tests.Crashes;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace SignalExchange.Storage.Sqlite.Tests;

/// <summary>Runs the tests; or, when a test starts this program once more, plays the process that the test needs.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) =>
        args switch
        {
            [ChildProcess.CommitUntilKilled, var folder] => CommitUntilKilled.RunAsync(folder),
            [ChildProcess.FailInCommit, var folder] => FailInCommit.RunAsync(folder),
            _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
                TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
            _ => ConsoleRunner.Run(args),
        };
}
