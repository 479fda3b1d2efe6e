namespace SignalExchange.Storage.Postgres.Tests;

/// <summary>Polls, for a minute at most.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"Waited for {Patience} until {what}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
