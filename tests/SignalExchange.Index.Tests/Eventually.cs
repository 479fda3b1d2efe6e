namespace SignalExchange.Index.Tests;

/// <summary>Waits for what another task brings about, and says what it waited for when that does not come.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(120));
        while (!condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"Waited 120 s for: {what}.");
            await Task.Yield();
        }
    }
}
