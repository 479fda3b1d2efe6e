namespace SignalExchange.Index.Tests;

/// <summary>Tests that measure what the whole process allocates. Nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWide
{
    public const string Name = "process-wide";
}
