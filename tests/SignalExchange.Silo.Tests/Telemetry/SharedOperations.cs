namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>Classes that read the metrics of one exchange. It hears of all exchanges of this process, so nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SharedOperations : ICollectionFixture<OperationsFixture>
{
    public const string Name = "shared operations";
}
