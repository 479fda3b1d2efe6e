namespace SignalExchange.Grains.Tests.Quotas;

/// <summary>The system's clock, which a test may set forward or back: it runs, and so does the runtime under test.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private TimeSpan _shift;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;

    /// <summary>Sets the clock forward, or back.</summary>
    public void Shift(TimeSpan by) => _shift += by;
}
