using System.Diagnostics;

namespace SignalExchange.AccessLog.Tests;

/// <summary>Waits for what other threads do.</summary>
internal static class Wait
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static async Task UntilAsync(Func<bool> isSo, Func<string> otherwise)
    {
        for (var begun = Stopwatch.GetTimestamp(); !isSo(); )
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Deadline, otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        }
    }
}
