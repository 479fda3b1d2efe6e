using System.Diagnostics.Metrics;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>Counts the grains that come to be in this process, by the runtime's own counter.</summary>
internal sealed class ActivationCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _created;

    /// <summary>Begins to count.</summary>
    public ActivationCounter()
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "orleans-catalog-activation-created")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _created, value));
        _listener.SetMeasurementEventCallback<int>((_, value, _, _) => Interlocked.Add(ref _created, value));
        _listener.Start();
    }

    /// <summary>Gets how many there were so far.</summary>
    public long Created
    {
        get
        {
            _listener.RecordObservableInstruments();
            return Interlocked.Read(ref _created);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
