namespace SignalExchange.TestKit;

/// <summary>Waits for what another task brings about, and says what it waited for when that does not come.</summary>
public static class Eventually
{
    /// <summary>Polls until something holds.</summary>
    /// <param name="condition">What must hold; may move a clock of its own.</param>
    /// <param name="what">What is waited for.</param>
    /// <param name="pause">How long to wait between two looks; null only lets others run.</param>
    public static async Task TrueAsync(Func<bool> condition, string what, TimeSpan? pause = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"Waited 60 s for: {what}.");
            await Task.Delay(pause ?? TimeSpan.Zero, CancellationToken.None);
            await Task.Yield();
        }
    }

    /// <summary>Does something until it comes out as wanted, twenty milliseconds apart.</summary>
    public static async Task<T> ResultAsync<T>(Func<Task<T>> act, Func<T, bool> isWanted, string what)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var result = await act();
            if (isWanted(result))
            {
                return result;
            }

            Assert.False(deadline.IsCancellationRequested, $"Waited 60 s for: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }
}
