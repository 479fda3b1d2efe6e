namespace SignalExchange.Faults.Tests;

/// <summary>How long faults last: seconds with the other tests, or as long as <c>./test.sh --faults</c> wants them.</summary>
internal static class FaultLength
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("SIGNALEXCHANGE_FAULTS") == "long";

    public static TimeSpan Of(double seconds, double secondsWhenLong) =>
        TimeSpan.FromSeconds(IsLong ? secondsWhenLong : seconds);

    /// <summary>Lets a fault last.</summary>
    public static Task LastAsync(double seconds, double secondsWhenLong) =>
        Task.Delay(Of(seconds, secondsWhenLong), TestContext.Current.CancellationToken);
}
