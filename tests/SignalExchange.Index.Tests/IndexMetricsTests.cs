using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SignalExchange.Storage;

namespace SignalExchange.Index.Tests;

public sealed class IndexMetricsTests : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _values = [];
    private readonly MeterListener _listener = new();

    [Fact]
    public async Task Meter_tells_what_the_index_holds_and_what_it_lacks()
    {
        await using var harness = await ListenAsync();
        harness.Feed.OnCommitted(TestRows.Row(1, 10, 20, 0));

        _listener.RecordObservableInstruments();

        Assert.Equal(2, _values["signalexchange.index.indicators"]);
        Assert.Equal(3, _values["signalexchange.index.applied_changes"]);
        Assert.Equal(harness.Index.MemoryBytes, _values["signalexchange.index.memory"]);
        Assert.Equal(0, _values["signalexchange.index.stale_shards"]);
    }

    [Fact]
    public async Task Meter_counts_repairs_by_their_outcome()
    {
        await using var harness = await ListenAsync();
        harness.Store.Failure = new StorageUnavailableException();
        await harness.PassTimeUntilAsync(() => Gap(harness), "a repair in vain");
        _listener.RecordObservableInstruments();
        Assert.Equal(1, _values["signalexchange.index.stale_shards"]);

        harness.Store.Failure = null;
        await harness.Store.AppendAsync(TestRows.First, [.. TestRows.Row(1, 10, 20).Changes]);

        await harness.PassTimeUntilAsync(
            () => _values.ContainsKey("signalexchange.index.repairs/repaired"),
            "a repair"
        );
    }

    public void Dispose() => _listener.Dispose();

    private bool Gap(IndexHarness harness)
    {
        harness.Feed.OnCommitted(TestRows.Row(2, 20));
        return _values.ContainsKey("signalexchange.index.repairs/failed");
    }

    private async Task<IndexHarness> ListenAsync()
    {
        var harness = await new IndexHarness().StartAsync();
        var factory = harness.Get<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == IndexMetrics.MeterName && instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
        return harness;
    }

    private void Record(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _values[tags.IsEmpty ? instrument.Name : $"{instrument.Name}/{tags[0].Value}"] = value;
}
