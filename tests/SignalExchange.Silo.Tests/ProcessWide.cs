namespace SignalExchange.Silo.Tests;

/// <summary>
/// Tests that read or set what all exchanges of this process share: the environment, the runtime's meters and spans, exporters that listen to both, the allocations of a thread that
/// whoever listens adds to. Nothing else runs beside them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWide
{
    public const string Name = "process-wide";
}
