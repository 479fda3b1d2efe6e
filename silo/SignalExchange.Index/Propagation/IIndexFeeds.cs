namespace SignalExchange.Index.Propagation;

/// <summary>Reaches the other silos' feeds.</summary>
internal interface IIndexFeeds
{
    /// <summary>Returns a silo's.</summary>
    IIndexFeedService Of(SiloAddress silo);
}
