using System.Diagnostics.Metrics;

namespace SignalExchange.Silo.Signals;

/// <summary>The time since it was made, recorded when it is disposed of.</summary>
/// <param name="durations">Where it is recorded.</param>
/// <param name="operation">What was done: check, get, submit or withdraw.</param>
/// <param name="clock">The clock.</param>
internal readonly struct BatchTiming(Histogram<double> durations, string operation, TimeProvider clock) : IDisposable
{
    private readonly long _begun = clock.GetTimestamp();

    public void Dispose() =>
        durations.Record(
            clock.GetElapsedTime(_begun).TotalSeconds,
            new KeyValuePair<string, object?>("operation", operation)
        );
}
