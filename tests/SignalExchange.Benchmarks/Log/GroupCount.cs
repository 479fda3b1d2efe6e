using System.Diagnostics.Metrics;

namespace SignalExchange.Benchmarks.Log;

/// <summary>Counts the log's durable writes, by its own metric.</summary>
internal sealed class GroupCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _value;

    /// <summary>Begins to count.</summary>
    public GroupCount()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "signalexchange.access_log.group.size")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, _, _, _) => Interlocked.Increment(ref _value));
        _listener.Start();
    }

    /// <summary>Gets how many there were.</summary>
    public long Value => Interlocked.Read(ref _value);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
