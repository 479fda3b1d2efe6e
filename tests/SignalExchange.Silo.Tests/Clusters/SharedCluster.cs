namespace SignalExchange.Silo.Tests.Clusters;

/// <summary>Classes that share one cluster: each has members of its own, and none rotates a key. They run one after the other, beside those of other collections.</summary>
[CollectionDefinition(Name)]
public sealed class SharedCluster : ICollectionFixture<ClusterFixture>
{
    public const string Name = "shared cluster";
}
