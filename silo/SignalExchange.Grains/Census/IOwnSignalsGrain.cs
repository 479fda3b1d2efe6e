using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Census;

/// <summary>One member's signals, as the newest census found them. Its key is the member's id.</summary>
[Alias("signalexchange.own-signals")]
public interface IOwnSignalsGrain : IGrainWithStringKey
{
    /// <summary>Takes note of what a census found.</summary>
    [Alias("Report")]
    Task Report(OwnSignalsState found);

    /// <summary>Returns what the newest census found; empty before the first.</summary>
    [Alias("Read")]
    Task<OwnSignalsState> Read();
}
