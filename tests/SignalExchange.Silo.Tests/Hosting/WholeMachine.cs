namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>
/// Tests that take all of the machine that they get, and those whose exchange shares it with a database of its own and is not ready when that is not heard of
/// for some seconds. Nothing else runs beside them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeMachine
{
    public const string Name = "whole machine";
}
