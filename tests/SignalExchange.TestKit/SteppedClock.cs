using Microsoft.Extensions.Time.Testing;

namespace SignalExchange.TestKit;

/// <summary>Fake time whose wall clock can be set, as people and time servers do, without the monotonic clock or a timer noticing.</summary>
/// <remarks>With a <see cref="FakeTimeProvider"/> alone both clocks are one: what is set is also what has passed.</remarks>
public sealed class SteppedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private TimeSpan _step;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _step;

    /// <inheritdoc/>
    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;

    /// <summary>Sets the wall clock.</summary>
    public void Set(DateTimeOffset now) => _step += now - GetUtcNow();
}
