using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SignalExchange.TestKit.Telemetry;

/// <summary>Reads the observable instruments of one meter, found by its scope: the process may have others of the same name.</summary>
public sealed class MeterReader : IDisposable
{
    private readonly ConcurrentDictionary<string, double> _values = new(StringComparer.Ordinal);
    private readonly MeterListener _listener;

    /// <summary>Begins to listen.</summary>
    /// <param name="scope">What the meter was made for.</param>
    public MeterReader(object scope)
    {
        _listener = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, scope))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _values[instrument.Name] = value);
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => _values[instrument.Name] = value);
        _listener.Start();
    }

    /// <summary>Returns what each instrument says now, by its name; an instrument that says nothing is left out.</summary>
    public IReadOnlyDictionary<string, double> Read()
    {
        _values.Clear();
        _listener.RecordObservableInstruments();
        return _values.ToDictionary(StringComparer.Ordinal);
    }

    public void Dispose() => _listener.Dispose();
}
