namespace SignalExchange.Benchmarks.Harness;

/// <summary>Something to be timed, in rounds.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Operations">How many times a round does it.</param>
/// <param name="Run">A round, given its number; what it returns is checked, so that no work can be left out.</param>
/// <param name="Expected">What every round must return.</param>
internal sealed record TimedCase(string Name, int Operations, Func<int, long> Run, long Expected);
