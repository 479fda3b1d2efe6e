namespace SignalExchange.Benchmarks.Load;

/// <summary>Something that calls a server in rounds.</summary>
internal interface ILoad : IDisposable
{
    /// <summary>Runs a round.</summary>
    Task<LoadResult> Run(LoadOrder order);
}
