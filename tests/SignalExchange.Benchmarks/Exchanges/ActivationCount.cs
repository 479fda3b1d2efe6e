using System.Diagnostics.Metrics;

namespace SignalExchange.Benchmarks.Exchanges;

/// <summary>Counts this process's grain activations, by the runtime's own metric.</summary>
internal sealed class ActivationCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _value;

    /// <summary>Begins to listen.</summary>
    public ActivationCount()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "orleans-catalog-activations")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, measured, _, _) => Interlocked.Add(ref _value, measured));
        _listener.SetMeasurementEventCallback<long>((_, measured, _, _) => Interlocked.Add(ref _value, measured));
        _listener.Start();
    }

    /// <summary>Gets how many there are now.</summary>
    public long Value
    {
        get
        {
            // One measurement for each kind of grain that there is.
            Interlocked.Exchange(ref _value, 0);
            _listener.RecordObservableInstruments();
            return Interlocked.Read(ref _value);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
