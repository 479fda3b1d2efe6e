using SignalExchange.Faults.Tests.Clusters;

namespace SignalExchange.Faults.Tests;

/// <summary>One cluster for all faults, one fault at a time.</summary>
[CollectionDefinition(Name)]
public sealed class FaultsCollection : ICollectionFixture<FaultyCluster>
{
    public const string Name = "faults";
}
