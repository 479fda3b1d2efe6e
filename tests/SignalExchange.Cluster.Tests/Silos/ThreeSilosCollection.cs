namespace SignalExchange.Cluster.Tests.Silos;

/// <summary>One cluster for all tests of several silos, one test at a time.</summary>
[CollectionDefinition(Name)]
public sealed class ThreeSilosCollection : ICollectionFixture<ThreeSilos>
{
    public const string Name = "three silos";
}
