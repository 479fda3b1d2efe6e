using SignalExchange.AccessLog.Tests.Recovery;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace SignalExchange.AccessLog.Tests;

/// <summary>Runs the tests; or, when a test starts this program once more, plays the process that is killed.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) =>
        args switch
        {
            [AppendUntilKilled.Role, var folder] => AppendUntilKilled.RunAsync(folder),
            _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
                TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
            _ => ConsoleRunner.Run(args),
        };
}
