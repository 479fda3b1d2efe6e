using SignalExchange.Benchmarks.Load;

namespace SignalExchange.Benchmarks.Compare;

/// <summary>One side of a contest.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Run">Runs a round.</param>
internal sealed record Contestant(string Name, Func<Task<LoadResult>> Run);
