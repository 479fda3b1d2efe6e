namespace SignalExchange.Storage.Azure.Tests;

/// <summary>Tests that hear of everything that the process does, so that nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWide
{
    public const string Name = "process-wide";
}
